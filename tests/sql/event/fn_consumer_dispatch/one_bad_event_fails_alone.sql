do $$
declare
  v_ids bigint[];
  v_got jsonb;
begin
  create function dot.fn_test_consumer(p_ids bigint[]) returns int language plpgsql as $f$
  begin
    perform (payload ->> 'n')::int from dot.event_outbox where event_id = any (p_ids);
    return 0;
  end $f$;
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner) values ('test', '{test.done}', 'fn_test_consumer', 'x', 'x');
  v_ids := array[dot.fn_event_emit('test.done', '{"n": 1}'), dot.fn_event_emit('test.done', '{"n": "bad"}'), dot.fn_event_emit('test.done', '{"n": 3}'),
    dot.fn_event_emit('test.other', '{"n": "bad"}')];
  v_got := dot.fn_consumer_dispatch(v_ids);
  assert v_got = '{"delivered": 2, "failed": 1}', v_got::text;
  assert (select array_agg(event_id) from dot.consumer_delivery where state = 'failed') = v_ids[2:2], 'the bad one';
  update dot.event_outbox set payload = '{"n": 2}' where event_id = v_ids[2];
  assert dot.fn_consumer_retry('test') @> '{"retried": 1, "delivered": 1, "failed": 0, "partial": false}', 'and it can be retried';
  assert (select attempts from dot.consumer_delivery where event_id = v_ids[2]) = 2, 'attempts are counted';
  assert dot.fn_consumer_dispatch(v_ids) = '{"delivered": 0, "failed": 0}', 'nothing is delivered twice';
end
$$;
