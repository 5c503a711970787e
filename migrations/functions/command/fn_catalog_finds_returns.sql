create or replace function dot.fn_catalog_finds_returns(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.code, 'returns', case
           when b.mutating then 'a mutating command''s function returns one jsonb'
           when b.has_columns then 'the file has columns, so the function must return a set'
           else 'the file has no columns, so the function must return one jsonb' end
    from dot.fn_catalog_bound(p_given) b join pg_proc p on p.oid = b.function_oid
   where case when b.has_columns and not b.mutating then not p.proretset else p.proretset or p.prorettype <> 'jsonb'::regtype end
$$;
comment on function dot.fn_catalog_finds_returns(jsonb) is
  'For fn_catalog_check: returns, a function that does not return what its command says.';
