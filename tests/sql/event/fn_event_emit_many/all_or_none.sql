do $$
declare
  v_good jsonb := '{"worker_id": "00000000-0000-0000-0000-000000000001", "worker": "w", "host": "h", "pid": 1, "seen_at": "x", "running": 0}';
  v_ids  bigint[] := dot.fn_event_emit_many('{system.queue_worker.silent}', array[v_good, v_good], p_keys => '{a,b}');
begin
  perform test.equal((select array_agg(key order by event_id) from dot.event_outbox where event_id = any (v_ids)), '{a,b}'::text[]);
  perform test.raises('DT422', format('select dot.fn_event_emit_many(''{system.queue_worker.silent}'', array[%L, ''{}'']::jsonb[])', v_good));
  perform test.equal((select count(*) from dot.event_outbox where event_type = 'system.queue_worker.silent'), 2::bigint, 'none of the second call');
end
$$;
