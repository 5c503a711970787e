create or replace function dot.fn_event_schema_validate(p_event_type text, p_payload jsonb, p_version text default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_type  record;
  v_schema jsonb;
  v_valid boolean;
begin
  select * into v_type from dot.fn_event_type_current(p_event_type, p_version);
  if not found then
    return jsonb_build_object('event_type', p_event_type, 'schema_version', p_version,
      'reason', case when exists (select 1 from dot.event_type_registry t where t.event_type = p_event_type and (p_version is null or t.schema_version = p_version))
                  then 'inactive_type' else 'unknown_type' end,
      'errors', jsonb_build_array(jsonb_build_object('at', '', 'keyword', null, 'schema', null,
        'message', format('event type %s%s is not registered or no longer active', p_event_type, coalesce(' ' || p_version, '')))));
  end if;
  v_schema := dot.fn_schema_asserting(v_type.schema_jsonb, v_type.formats);
  if v_type.validator is not null then
    execute format('select %s($1)', v_type.validator) into v_valid using p_payload;
    if v_valid then
      return null;
    end if;
  elsif dot.fn_schema_valid(dot.fn_schema_closed(v_schema), p_payload) and dot.fn_schema_valid(coalesce(dot.fn_schema_closing(v_schema), 'true'), p_payload) then
    return null;
  end if;
  return jsonb_build_object('event_type', p_event_type, 'schema_version', v_type.schema_version, 'reason', 'payload_invalid',
    'errors', coalesce((select jsonb_agg(to_jsonb(e)) from (
       select * from dot.fn_schema_validate_value(dot.fn_schema_closed(v_schema), p_payload)
       union all
       select c.* from dot.fn_schema_validate_value(coalesce(dot.fn_schema_closing(v_schema), 'true'), p_payload) c
        where dot.fn_schema_valid(dot.fn_schema_closed(v_schema), p_payload)) e), '[]'));
end
$$;
comment on function dot.fn_event_schema_validate(text, jsonb, text) is
  'Validates a payload against the schema of its event type in force (see fn_event_type_current) as writers are held to it: as written, and with no properties that the schema does not know, unless it says so (fn_schema_closed, fn_schema_closing), with its formats asserted where the type has it so, by the compiled function where there is one. Null when it is valid, else {event_type, schema_version, reason: unknown_type | inactive_type | payload_invalid, errors: [{at: JSON Pointer to the value, keyword, schema: JSON Pointer to the keyword, message}]}.';
