do $$
declare
  v_consumer dot.consumer_registry;
  v_event    bigint;
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner) values ('watch', '{iu.cut.completed}', 'fn_job_noop', 'x', 'y') returning * into v_consumer;
  perform set_config('dot.birth', '{"source": "proposal", "registry": "event-routes", "key": "silent", "proposal": "00000000-0000-0000-0000-000000000001"}', true);
  insert into dot.iu_sql_event_route (route_code, event_type, consumer_code, summary) values ('silent', 'system/queue_worker_silent', 'watch', 'x');
  perform dot.fn_event_emit('system.queue_worker.silent',
    '{"worker_id": "00000000-0000-0000-0000-000000000001", "worker": "w", "host": "h", "pid": 1, "seen_at": "x", "running": 0}', 'w');
  select event_id into v_event from dot.event_outbox order by event_id desc limit 1;
  assert dot.fn_consumer_wants(v_consumer, array[v_event]) = array[v_event], 'the route';
  perform dot.fn_consumer_subscribe('watch');
  assert (select event_types from dot.event_subscription where consumer_code = 'watch') = '{iu.cut.completed,system.queue_worker.silent}', 'and the subscription behind it';
end
$$;
