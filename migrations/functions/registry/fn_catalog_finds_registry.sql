create or replace function dot.fn_catalog_finds_registry(p_commands jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select null, f.finding, f.object || ': ' || f.detail from dot.fn_audit_finds_registry_unguarded() f
  union all
  select null, 'registry_shape', format('%s: %s', s.registry, coalesce((select string_agg(format('column %s is %s, not %s', d ->> 'column', coalesce(d ->> 'found', 'absent'), d ->> 'expected'), '; ')
           from jsonb_array_elements(s.differences) d), format('table %s is absent', s.table_name)))
    from dot.fn_registry_survey() s where s.phase = 'live' and s.state <> 'verified_live'
  union all
  select null, 'missing_function', format('registry %s names function %s, which does not exist', r.registry_code, f.name)
    from dot.registry_catalog r
    cross join lateral unnest(array[r.validate_function, r.derive_function, r.after_function]) f(name)
   where f.name is not null and to_regproc('dot.' || f.name) is null
$$;
comment on function dot.fn_catalog_finds_registry(jsonb) is
  'For fn_catalog_check: registry_unguarded, a registry without its triggers; registry_shape, a living registry whose table is not as declared; missing_function, where its declaration names a function that is not there.';
