do $$
declare
  v_id bigint;
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
  select t.v, 'iu.test.done', split_part(t.v, '@', 2), 'iu', s::jsonb, 'dot_operator', 'test', '{human,agent,ci,service}', 'x', 'x'
    from (values ('iu.test.done@1.0.0', 'true'), ('iu.test.done@2.0.0', '{"required": ["n"]}')) t(v, s);
  begin
    perform dot.fn_event_emit('iu.test.done', '{}');
    raise 'the newest version is the one in force';
  exception when sqlstate 'DT422' then null;
  end;
  v_id := dot.fn_event_emit('iu.test.done', '{}', p_schema_version => '1.0.0');
  assert (select schema_version from dot.event_outbox where event_id = v_id) = '1.0.0', 'an older one where it is named';
  update dot.event_type_registry set status = 'archived' where event_type = 'iu.test.done';
  assert dot.fn_event_try_emit('iu.test.done', '{"n": 1}') @> '{"rejected": true, "reason": "inactive_type"}', 'archived';
  assert dot.fn_event_try_emit('iu.test.done', null) @> '{"rejected": true}' and dot.fn_event_try_emit(null, '{}') @> '{"rejected": true, "reason": "unknown_type"}', 'nothing is no event';
end
$$;
