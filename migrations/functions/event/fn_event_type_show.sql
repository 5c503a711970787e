create or replace function dot.fn_event_type_show(p_type text, p_version text default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_row dot.event_type_registry;
begin
  select * into v_row from dot.event_type_registry t
   where t.event_type = p_type and (p_version is null or t.schema_version = p_version) order by string_to_array(t.schema_version, '.')::int[] desc limit 1;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no event type %s%s', p_type, coalesce(' ' || p_version, '')), hint = 'dot event type list';
  end if;
  return jsonb_build_object('type', v_row.event_type, 'version', v_row.schema_version, 'status', v_row.status, 'mode', v_row.compat_mode, 'formats', v_row.formats, 'change_policy', v_row.change_policy,
    'owner', v_row.owner, 'owner_role', v_row.owner_role, 'producers', v_row.producer_class_allowed, 'summary', v_row.summary, 'registered_at', v_row.registered_at,
    'validator', v_row.validator, 'fingerprint', v_row.fingerprint, 'reserved', v_row.reserved, 'schema', v_row.schema_jsonb, 'schema_original', v_row.schema_original,
    'closed_for_writers', dot.fn_schema_closed(v_row.schema_jsonb) <> v_row.schema_jsonb,
    'refused', (select count(*) from dot.event_validation_audit a where a.event_type = p_type),
    'versions', (select jsonb_agg(jsonb_build_object('version', t.schema_version, 'status', t.status, 'registered_at', t.registered_at)
                   order by string_to_array(t.schema_version, '.')::int[] desc) from dot.event_type_registry t where t.event_type = p_type));
end
$$;
comment on function dot.fn_event_type_show(text, text) is
  'One version of an event type, the newest when not said, with its schema (schema_original: as written, where that was of an older draft), how it takes formats, the names it reserves, how many emits were refused, and all versions. closed_for_writers: writers are held to more than the schema says. DT404 when there is none.';
