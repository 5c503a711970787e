create or replace function dot.fn_catalog_bound(p_given jsonb)
returns table (code text, mutating boolean, has_columns boolean, space text, function text, function_oid oid)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select g.code, g.mutating, g.has_columns, g.space, g.function, f.oid::oid
    from jsonb_to_recordset(p_given) as g(code text, mutating boolean, has_columns boolean, space text, function text, functions jsonb)
    left join lateral jsonb_array_elements_text(g.functions) f(oid) on true
   where g.function is not null
$$;
comment on function dot.fn_catalog_bound(jsonb) is
  'The commands of fn_catalog_given that have a function of their own, each with every function of that name: function_oid is null where there is none.';
