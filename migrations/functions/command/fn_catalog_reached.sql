create or replace function dot.fn_catalog_reached(p_given jsonb)
returns table (code text, space text, function text, roles text[], is_own boolean)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with given as (select g.* from jsonb_to_recordset(p_given) as g(code text, space text, function text, roles text[], grants jsonb))
  select g.code, g.space, g.function, g.roles, true from given g where g.function is not null
  union all
  select g.code, 'dot', c.function, g.roles, false from given g cross join lateral jsonb_array_elements_text(g.grants) c(function)
$$;
comment on function dot.fn_catalog_reached(jsonb) is
  'Which functions the commands of fn_catalog_given reach, be it as their own or as one that they grant beside it, and the roles that may.';
