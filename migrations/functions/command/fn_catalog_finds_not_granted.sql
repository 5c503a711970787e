create or replace function dot.fn_catalog_finds_not_granted(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.code, 'not_granted', format('role %s may not call %s', role.name, p.oid::regprocedure)
    from dot.fn_catalog_reached(p_given) r
    join pg_namespace n on n.nspname = r.space
    join pg_proc p on p.proname = r.function and p.pronamespace = n.oid
    cross join lateral unnest(r.roles) role(name)
   where to_regrole(role.name) is null or not has_function_privilege(to_regrole(role.name), p.oid, 'execute')
$$;
comment on function dot.fn_catalog_finds_not_granted(jsonb) is
  'For fn_catalog_check: not_granted, a role of a command that may not call its function.';
