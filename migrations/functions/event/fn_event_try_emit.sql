create or replace function dot.fn_event_try_emit(
  p_event_type text, p_payload jsonb, p_subject text default null, p_key text default null, p_schema_version text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_rejected jsonb := dot.fn_event_judge(p_event_type, p_payload, p_schema_version, (dot.fn_actor_current()).actor_kind);
begin
  if v_rejected is not null then
    return jsonb_build_object('rejected', true, 'audit', dot.fn_event_reject(coalesce(p_event_type, ''), p_payload, v_rejected)) || v_rejected - 'payload' - 'producer';
  end if;
  return jsonb_build_object('rejected', false, 'event', dot.fn_event_emit(p_event_type, p_payload, p_subject, p_key, p_schema_version));
end
$$;
comment on function dot.fn_event_try_emit(text, jsonb, text, text, text) is
  'fn_event_emit, but a rejection is an answer: {rejected: true, audit, reason, message, hint, event_type, schema_version, errors}, and its row in event_validation_audit stays. Else {rejected: false, event}.';
