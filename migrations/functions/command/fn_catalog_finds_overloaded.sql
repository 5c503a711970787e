create or replace function dot.fn_catalog_finds_overloaded(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.code, 'overloaded', format('%s functions are called %s.%s', count(*), b.space, b.function)
    from dot.fn_catalog_bound(p_given) b where b.function_oid is not null
   group by b.code, b.space, b.function having count(*) > 1
$$;
comment on function dot.fn_catalog_finds_overloaded(jsonb) is
  'For fn_catalog_check: overloaded, a function of a command that has a second of its name.';
