create or replace function dot.fn_event_judge(p_event_type text, p_payload jsonb, p_schema_version text, p_class text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_type    record;
  v_verdict jsonb;
  v_reason  text;
  v_message text;
  v_hint    text;
begin
  select * into v_type from dot.fn_event_type_current(p_event_type, p_schema_version);
  if not found then
    if exists (select 1 from dot.event_type_registry r where r.event_type = p_event_type and (p_schema_version is null or r.schema_version = p_schema_version)) then
      v_reason := 'inactive_type';
      v_message := format('event type %s is archived', concat(p_event_type, '@' || p_schema_version));
      v_hint := format('dot event type show %s', p_event_type);
    else
      v_reason := 'unknown_type';
      v_message := format('event type %s is not registered', concat(p_event_type, '@' || p_schema_version));
      v_hint := 'dot event type list; dot event type register';
    end if;
  elsif p_class <> all (v_type.producer_class_allowed) then
    v_reason := 'producer_not_allowed';
    v_message := format('producers of class %s may not emit %s', p_class, p_event_type);
    v_hint := format('Allowed: %s.', array_to_string(v_type.producer_class_allowed, ', '));
  elsif p_payload is null then
    v_reason := 'payload_invalid';
    v_message := format('an event of type %s needs a payload', p_event_type);
    v_verdict := '{"errors": []}';
  else
    v_verdict := dot.fn_event_schema_validate(p_event_type, p_payload, v_type.schema_version);
    if v_verdict is null then
      if v_type.status = 'deprecated' then
        perform dot.fn_registry_used('event-types', v_type.entry_key);
      end if;
      return null;
    end if;
    v_reason := 'payload_invalid';
    v_message := format('the payload is not valid under %s', v_type.entry_key) || coalesce(format(' (%s: %s)',
      coalesce(nullif(v_verdict #>> '{errors,0,at}', ''), '/'), v_verdict #>> '{errors,0,message}'), '');
    v_hint := 'The detail names every error with its place; dot event type show ' || p_event_type;
  end if;
  return jsonb_build_object('reason', v_reason, 'message', v_message, 'hint', v_hint, 'event_type', p_event_type,
    'schema_version', coalesce(p_schema_version, v_type.schema_version), 'errors', coalesce(v_verdict -> 'errors', '[]'), 'producer', (dot.fn_actor_current()).actor_id, 'payload', p_payload);
end
$$;
comment on function dot.fn_event_judge(text, jsonb, text, text) is
  'Whether an event may be emitted by a producer of class p_class: null, or {reason (unknown_type, inactive_type, producer_not_allowed, payload_invalid), message, hint, event_type, schema_version, errors, producer, payload}. A deprecated version is good, with a warning, where it is named, or where no other is active.';
