do $$
declare
  v_answer jsonb := dot.fn_event_try_emit('system.queue_worker.silent', '{}');
begin
  assert v_answer @> '{"rejected": true, "reason": "payload_invalid"}', v_answer::text;
  assert exists (select 1 from dot.event_validation_audit), 'it is kept';
  assert dot.fn_event_try_emit('no.such.type', '{}') @> '{"rejected": true, "reason": "unknown_type"}';
end
$$;
