create or replace function dot.fn_event_type_current(p_event_type text, p_version text default null)
returns table (entry_key text, event_type text, schema_version text, schema_jsonb jsonb, status text, producer_class_allowed text[], validator text, formats text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select t.entry_key, t.event_type, t.schema_version, t.schema_jsonb, t.status, t.producer_class_allowed, t.validator, t.formats
    from dot.event_type_registry t
   where t.event_type = p_event_type and (p_version is null or t.schema_version = p_version) and t.status <> 'archived'
   order by t.status, string_to_array(t.schema_version, '.')::int[] desc limit 1
$$;
comment on function dot.fn_event_type_current(text, text) is
  'The version of an event type that an emit is held against: p_version, or the newest active one, or the newest deprecated one when none is active. No row when there is none, or it is archived.';
