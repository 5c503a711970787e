create or replace function dot.fn_catalog_sync_event_types(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.event_type_registry as r (entry_key, event_type, schema_version, domain_code, schema_jsonb, compat_mode, owner_role, owner, producer_class_allowed, summary, fingerprint)
  select e.key, split_part(e.key, '@', 1), split_part(e.key, '@', 2), split_part(e.key, '.', 1), e.value -> 'schema', coalesce(e.value ->> 'compat_mode', 'forward'),
         coalesce(e.value ->> 'owner_role', 'dot_operator'), e.value ->> 'owner', array(select jsonb_array_elements_text(e.value -> 'producers')), e.value ->> 'summary',
         encode(sha256(convert_to((e.value -> 'schema')::text, 'UTF8')), 'hex')
    from jsonb_each(p_entries) e
   order by split_part(e.key, '@', 1), string_to_array(split_part(e.key, '@', 2), '.')::int[]
  on conflict (entry_key) do update
    set schema_jsonb = excluded.schema_jsonb, compat_mode = excluded.compat_mode, owner_role = excluded.owner_role, owner = excluded.owner,
        producer_class_allowed = excluded.producer_class_allowed, summary = excluded.summary, fingerprint = excluded.fingerprint
  where (r.schema_jsonb, r.compat_mode, r.owner_role, r.owner, r.producer_class_allowed, r.summary)
    is distinct from (excluded.schema_jsonb, excluded.compat_mode, excluded.owner_role, excluded.owner, excluded.producer_class_allowed, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_event_types(jsonb) is
  'Brings event types up to catalog/event_types: {"<type>@<version>": {schema, compat_mode, owner, owner_role, producers, summary}}, older versions first. Versions without a file stay. DT409 where a file changes a registered version''s schema or mode. Returns how many rows were written.';
