do $$
declare
  v_small jsonb := '{"text": 1}';
  v_large jsonb := jsonb_build_object('text', repeat('x', 70000));
  v_row   dot.event_validation_audit;
begin
  perform dot.fn_event_reject('iu.note.added', v_small, '{"reason": "payload_invalid", "schema_version": "1.0.0", "errors": [{"at": "/text"}]}', 'ann');
  perform dot.fn_event_reject('iu.note.added', v_large, '{"reason": "payload_invalid"}', 'ann');
  select * into v_row from dot.event_validation_audit order by audit_id limit 1;
  assert v_row.payload = v_small and v_row.errors #>> '{0,at}' = '/text' and v_row.producer = 'ann', 'all of a small one';
  select * into v_row from dot.event_validation_audit order by audit_id desc limit 1;
  assert v_row.payload is null and v_row.payload_digest = encode(sha256(convert_to(v_large::text, 'UTF8')), 'hex'), 'the digest of a large one';
end
$$;
