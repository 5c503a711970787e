do $$
begin
  perform test.equal(dot.fn_event_schema_validate('system.queue_worker.silent', '{"worker_id": "00000000-0000-0000-0000-000000000001", "worker": "w", "host": "h", "pid": 1, "seen_at": "x", "running": 0}'), null::jsonb);
  assert dot.fn_event_schema_validate('system.queue_worker.silent', '{"worker_id": 1}') -> 'errors' @> '[{"at": "/worker_id"}]';
  assert dot.fn_event_schema_validate('no.such.type', '{}') is not null;
end
$$;
