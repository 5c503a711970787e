create or replace function dot.fn_registry_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select case when p_entry ->> 'phase' <> 'program' then '{}'::jsonb end
$$;
comment on function dot.fn_registry_derive(text, jsonb, jsonb) is
  'Null, so that no row is made of it, for a folder of catalog/ that is for the program alone. For the registry registries.';
