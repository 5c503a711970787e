do $$
declare
  v_answer jsonb := dot.fn_event_emit_command('system.queue_worker.silent', '{"worker_id": "00000000-0000-0000-0000-000000000001", "worker": "w", "host": "h", "pid": 1, "seen_at": "x", "running": 0}', 'k');
begin
  assert v_answer @> '{"key": "k"}' and v_answer ? 'run_id', v_answer::text;
  perform test.raises('DT422', $q$select dot.fn_event_emit_command('system.queue_worker.silent', '{}')$q$);
end
$$;
