do $$
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
  values ('iu.test.done@1.0.0', 'iu.test.done', '1.0.0', 'iu', 'true', 'dot_operator', 'test', '{human,agent,ci,service}', 'x', 'x');
  perform dot.fn_event_emit_many('{iu.test.done}', array['{"n": 1}', '{"n": 5}', '{"n": "many"}', '{}']::jsonb[], null, '{a,b,b,c}');
  assert (select array_agg(payload ->> 'n') from dot.fn_event_list(p_filter => '$.n > 1')) = '{5}', 'a predicate is its answer';
  assert (select array_agg(payload ->> 'n') from dot.fn_event_list(p_filter => '$.n ? (@.type() == "string")')) = '{many}', 'a path is what it finds';
  assert (select count(*) from dot.fn_event_list(p_type => 'iu.*', p_key => 'b')) = 2 and (select count(*) from dot.fn_event_list(p_type => 'iu.tes*')) = 0, 'a prefix ends at a dot';
end
$$;
