create or replace function dot.fn_catalog_finds_volatility(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.code, 'volatility', case when b.mutating then 'it mutates, so it must be volatile' else 'declared as reading only, but its function is volatile' end
    from dot.fn_catalog_bound(p_given) b join pg_proc p on p.oid = b.function_oid where b.mutating <> (p.provolatile = 'v')
$$;
comment on function dot.fn_catalog_finds_volatility(jsonb) is
  'For fn_catalog_check: volatility, a function whose volatility is not that of a command which mutates, or only reads.';
