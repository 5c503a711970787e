create or replace function dot.fn_event_emit_command(p_type text, p_payload jsonb, p_key text default null, p_subject text default null, p_schema_version text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('event emit', jsonb_build_object('type', p_type, 'payload', p_payload, 'key', p_key,
    'subject', p_subject, 'schema-version', p_schema_version));
  v_event   bigint;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_event := dot.fn_event_emit(p_type, p_payload, p_subject, p_key, p_schema_version);
  return dot.fn_event_show(v_event);
end
$$;
comment on function dot.fn_event_emit_command(text, jsonb, text, text, text) is
  'fn_event_emit as a command of its own. Returns the event as fn_event_show does. DT422 when it is rejected.';
