do $$
declare
  v_ids bigint[];
  v_got jsonb;
begin
  create table dot.test_mended (event_id bigint);
  grant select on dot.test_mended to dot_owner;
  create function dot.fn_test_consumer(p_ids bigint[]) returns int language plpgsql as $f$
  begin
    perform (payload ->> 'document')::int from dot.event_outbox o where event_id = any (p_ids) and not exists (select 1 from dot.test_mended m where m.event_id = o.event_id);
    return 0;
  end $f$;
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
  select t || '@1.0.0', t, '1.0.0', 'iu', 'true', 'dot_operator', 'test', '{human,agent,ci,service}', 'x', 'x' from unnest('{iu.test.done,iu.test.other}'::text[]) t;
  insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner) values ('test', '{iu.test.done}', 'fn_test_consumer', 'x', 'x');
  v_ids := dot.fn_event_emit_many('{iu.test.done,iu.test.done,iu.test.done,iu.test.other}',
    array['{"document": 1}', '{"document": "bad"}', '{"document": 3}', '{"document": "bad"}']::jsonb[]);
  v_got := dot.fn_consumer_dispatch(v_ids);
  assert v_got = '{"delivered": 2, "failed": 1}', v_got::text;
  assert (select array_agg(event_id) from dot.consumer_delivery where state = 'failed') = v_ids[2:2], 'the bad one';
  insert into dot.test_mended values (v_ids[2]);
  assert dot.fn_consumer_retry('test') @> '{"retried": 1, "delivered": 1, "failed": 0, "partial": false}', 'and it can be retried';
  assert (select attempts from dot.consumer_delivery where event_id = v_ids[2]) = 2, 'attempts are counted';
  assert dot.fn_consumer_dispatch(v_ids) = '{"delivered": 0, "failed": 0}', 'nothing is delivered twice';
end
$$;
