do $$
declare
  v_since text := dot.fn_event_poll(null) ->> 'since';
begin
  assert dot.fn_event_types_named('{system/queue_worker_silent,iu.*,nobody,iu.cut.completed}') = '{system.queue_worker.silent,iu.*,nobody,iu.cut.completed}'::text[],
    'only aliases become other names';
  assert dot.fn_event_types_named('{}') = '{}'::text[] and dot.fn_event_types_named(null) = '{}'::text[];
  perform dot.fn_subscription_make('watch', 'w', 'cursor', '{system/queue_worker_silent}', '{}', null, null, null, null, 'now');
  assert (select event_types from dot.event_subscription where subscription_code = 'watch') = '{system.queue_worker.silent}', 'a subscription';
  perform dot.fn_event_emit('system.queue_worker.silent',
    '{"worker_id": "00000000-0000-0000-0000-000000000001", "worker": "w", "host": "h", "pid": 1, "seen_at": "x", "running": 0}', 'w');
  assert (select count(*) from dot.fn_event_list('system/queue_worker_silent')) = 1, 'a list';
end
$$;
