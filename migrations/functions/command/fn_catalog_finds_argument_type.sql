create or replace function dot.fn_catalog_finds_argument_type(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, 'argument_type', format('%s is %s in the file and %s in the function', a.param, a.declared, a.actual)
    from jsonb_to_recordset(p_given) as g(code text, params jsonb)
   cross join lateral jsonb_to_recordset(g.params) as a(param text, declared text, actual text, is_optional boolean)
   where a.declared <> a.actual
$$;
comment on function dot.fn_catalog_finds_argument_type(jsonb) is
  'For fn_catalog_check: argument_type, an argument of another type in the file than in the function.';
