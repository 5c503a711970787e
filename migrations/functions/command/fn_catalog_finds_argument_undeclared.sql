create or replace function dot.fn_catalog_finds_argument_undeclared(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, 'argument_undeclared', format('parameter %s has no default and no argument', a.param)
    from jsonb_to_recordset(p_given) as g(code text, params jsonb)
   cross join lateral jsonb_to_recordset(g.params) as a(param text, declared text, actual text, is_optional boolean)
   where a.declared is null and not a.is_optional
$$;
comment on function dot.fn_catalog_finds_argument_undeclared(jsonb) is
  'For fn_catalog_check: argument_undeclared, a parameter without a default that the file does not declare.';
