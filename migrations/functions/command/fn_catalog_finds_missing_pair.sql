create or replace function dot.fn_catalog_finds_missing_pair(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with given as (select g.* from jsonb_to_recordset(p_given) as g(code text, mutating boolean, pair text))
  select g.code, 'missing_pair', format('the pair %s is no read command', g.pair)
    from given g where g.mutating and not exists (select 1 from given o where o.code = g.pair and not o.mutating)
$$;
comment on function dot.fn_catalog_finds_missing_pair(jsonb) is
  'For fn_catalog_check: missing_pair, a pair that is no read command.';
