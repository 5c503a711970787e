create or replace function dot.fn_catalog_finds_argument_missing(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, 'argument_missing', format('the function has no parameter %s', a.param)
    from jsonb_to_recordset(p_given) as g(code text, params jsonb)
   cross join lateral jsonb_to_recordset(g.params) as a(param text, declared text, actual text, is_optional boolean)
   where a.actual is null
$$;
comment on function dot.fn_catalog_finds_argument_missing(jsonb) is
  'For fn_catalog_check: argument_missing, an argument of a file that its function does not take.';
