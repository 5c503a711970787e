create or replace function dot.fn_catalog_given(p_commands jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
  with known as (
    select c.spec, c.digest from jsonb_to_recordset(p_commands) as c(spec jsonb, digest text)
    union all
    -- Commands of a team that the caller has no files of are checked as the database has them.
    select k.spec, k.spec_digest from dot.dot_command_catalog k
     where k.status <> 'retired' and k.source <> 'binary'
       and not exists (select 1 from jsonb_array_elements(p_commands) p where p #>> '{spec,code}' = k.command_code)
  ),
  given as (
    select k.spec ->> 'code' as code, k.spec, k.digest, (k.spec ->> 'mutating')::boolean as mutating,
           case when k.spec ->> 'function' like '%.%' then split_part(k.spec ->> 'function', '.', 1) else 'dot' end as space,
           split_part(k.spec ->> 'function', '.', case when k.spec ->> 'function' like '%.%' then 2 else 1 end) as function
      from known k
  ),
  bound as materialized (
    select g.code, p.oid, p.pronargs, p.pronargdefaults, p.proargnames, p.proargtypes
      from given g join pg_proc p on p.proname = g.function join pg_namespace n on n.oid = p.pronamespace and n.nspname = g.space
  ),
  declared as (
    select g.code, a.param, a.type
      from given g
      cross join lateral (
        select x.param,
               coalesce(t.pg_type, x.type) as type
          from jsonb_to_recordset(coalesce(g.spec -> 'args', '[]')) as x(param text, type text)
          left join dot.fn_argument_types() t on t.type = x.type where x.param is not null
        union all
        select x.bodies_param, 'text' from jsonb_to_recordset(coalesce(g.spec -> 'args', '[]')) as x(bodies_param text) where x.bodies_param is not null
        union all select 'p_after', 'text' where g.spec ->> 'paged' is not null
        union all select 'p_limit', 'integer' where g.spec ->> 'paged' is not null) a
     where g.code in (select b.code from bound b)
  ),
  actual as (
    select b.code, b.proargnames[i.n] as param, format_type(b.proargtypes[i.n - 1], null) as type, i.n > b.pronargs - b.pronargdefaults as is_optional
      from bound b cross join lateral generate_series(1, b.pronargs) i(n)
  ),
  params as (
    select coalesce(d.code, a.code) as code, jsonb_agg(jsonb_build_object('param', coalesce(d.param, a.param), 'declared', d.type, 'actual', a.type, 'is_optional', a.is_optional)) as list
      from declared d full join actual a on a.code = d.code and a.param = d.param group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('code', g.code, 'digest', g.digest, 'mutating', g.mutating, 'space', g.space, 'function', g.function,
           'functions', coalesce(f.list, '[]'), 'params', coalesce(p.list, '[]'),
           'roles', case when jsonb_array_length(coalesce(g.spec -> 'roles', '[]')) > 0 then g.spec -> 'roles'
             else jsonb_build_array(case when g.mutating then 'dot_operator' else 'dot_reader' end) end,
           'grants', coalesce(g.spec -> 'grants', '[]'), 'has_columns', jsonb_array_length(coalesce(g.spec -> 'columns', '[]')) > 0,
           'pair', g.spec -> 'pair', 'gate', g.spec -> 'gate')), '[]')
    from given g
    left join params p on p.code = g.code
    left join (select b.code, jsonb_agg(b.oid) as list from bound b group by b.code) f on f.code = g.code
$$;
comment on function dot.fn_catalog_given(jsonb) is
  'The commands that fn_catalog_check looks at, read once for all that look: those of p_commands [{spec, digest}], and those of teams that the database has and the caller has no files of. [{code, digest, mutating, space, function, functions: the oids of what is called so, params: [{param, declared, actual, is_optional}] with the types of PostgreSQL, null where the file or the function does not have it, roles, grants, has_columns, pair, gate}].';
