create or replace function dot.fn_catalog_finds_missing_function(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.code, 'missing_function', format('function %s.%s does not exist', b.space, b.function)
    from dot.fn_catalog_bound(p_given) b where b.function_oid is null
  union all
  select r.code, 'missing_function', format('function %s.%s, which it grants, does not exist', r.space, r.function)
    from dot.fn_catalog_reached(p_given) r
   where not r.is_own and not exists (select 1 from pg_proc p where p.proname = r.function and p.pronamespace = 'dot'::regnamespace)
$$;
comment on function dot.fn_catalog_finds_missing_function(jsonb) is
  'For fn_catalog_check: missing_function, a function that a command names, or that it grants, and that does not exist.';
