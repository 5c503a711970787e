create or replace function dot.fn_catalog_check(p_commands jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
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
    select c.spec ->> 'code' as code, c.spec, c.digest, (c.spec ->> 'mutating')::boolean as mutating,
           case when c.spec ->> 'function' like '%.%' then split_part(c.spec ->> 'function', '.', 1) else 'dot' end as space,
           split_part(c.spec ->> 'function', '.', case when c.spec ->> 'function' like '%.%' then 2 else 1 end) as function,
           case when jsonb_array_length(coalesce(c.spec -> 'roles', '[]')) > 0
             then array(select jsonb_array_elements_text(c.spec -> 'roles'))
             else array[case when (c.spec ->> 'mutating')::boolean then 'dot_operator' else 'dot_reader' end] end as roles
      from known c
  ),
  -- Which functions the commands reach, be it as their own or as one that their builtin calls.
  reached as (
    select g.code, g.space, g.function, g.roles from given g where g.function is not null
    union all
    select g.code, 'dot', c.function, g.roles from given g cross join lateral jsonb_array_elements_text(g.spec -> 'calls') c(function)
  ),
  bound as (
    select g.*, p.oid as function_oid, p.proretset, p.prorettype, p.provolatile, p.prosecdef, p.proconfig, p.proowner, p.pronargs, p.pronargdefaults,
           p.proargnames, p.proargtypes, n.nspname
      from given g
      left join (pg_proc p join pg_namespace n on n.oid = p.pronamespace) on p.proname = g.function and n.nspname = g.space
     where g.spec ->> 'function' is not null
  ),
  declared as (
    select b.code, b.function_oid, a.param, a.type
      from bound b
      cross join lateral (
        select x.param,
               case x.type when 'enum' then 'text' when 'file' then 'text' when 'script' then 'text' when 'statements' then 'text[]' when 'int' then 'integer' when 'bool' then 'boolean'
                 when 'timestamptz' then 'timestamp with time zone' when 'json' then 'jsonb' when 'documents' then 'jsonb'
                 when 'catalog' then 'jsonb' when 'int[]' then 'integer[]' else x.type end as type
          from jsonb_to_recordset(coalesce(b.spec -> 'args', '[]')) as x(param text, type text) where x.param is not null
        union all
        select x.bodies_param, 'text' from jsonb_to_recordset(coalesce(b.spec -> 'args', '[]')) as x(bodies_param text) where x.bodies_param is not null
        union all select 'p_after', 'text' where b.spec ->> 'paged' is not null
        union all select 'p_limit', 'integer' where b.spec ->> 'paged' is not null) a
     where b.function_oid is not null
  ),
  actual as (
    select b.code, i.n, b.proargnames[i.n] as param, format_type(b.proargtypes[i.n - 1], null) as type, i.n > b.pronargs - b.pronargdefaults as optional
      from bound b cross join lateral generate_series(1, b.pronargs) i(n)
  ),
  finding(command, finding, detail) as (
    select code, 'missing_function', format('function %s.%s does not exist', space, function) from bound where function_oid is null
    union all
    select code, 'overloaded', format('%s functions are called %s.%s', count(*), space, function)
      from bound where function_oid is not null group by code, space, function having count(*) > 1
    union all
    select d.code, 'argument_missing', format('the function has no parameter %s', d.param)
      from declared d where not exists (select 1 from actual a where a.code = d.code and a.param = d.param)
    union all
    select d.code, 'argument_type', format('%s is %s in the file and %s in the function', d.param, d.type, a.type)
      from declared d join actual a on a.code = d.code and a.param = d.param where a.type <> d.type
    union all
    select a.code, 'argument_undeclared', format('parameter %s has no default and no argument', a.param)
      from actual a where not a.optional and not exists (select 1 from declared d where d.code = a.code and d.param = a.param)
    union all
    select code, 'returns', case
             when mutating then 'a mutating command''s function returns one jsonb'
             when jsonb_array_length(coalesce(spec -> 'columns', '[]')) > 0 then 'the file has columns, so the function must return a set'
             else 'the file has no columns, so the function must return one jsonb' end
      from bound
     where function_oid is not null
       and case when not mutating and jsonb_array_length(coalesce(spec -> 'columns', '[]')) > 0
             then not proretset else proretset or prorettype <> 'jsonb'::regtype end
    union all
    select code, 'volatility', case when mutating then 'it mutates, so it must be volatile' else 'declared as reading only, but its function is volatile' end
      from bound where function_oid is not null and mutating <> (provolatile = 'v')
    union all
    select code, 'security', 'the function must be security definer, owned by dot_owner, with a pinned search_path'
      from bound
     where function_oid is not null and space = 'dot'
       and (not prosecdef or proowner <> 'dot_owner'::regrole or not exists (select 1 from unnest(proconfig) s where s like 'search\_path=%'))
    union all
    select r.code, 'missing_function', format('function %s.%s, which the builtin calls, does not exist', r.space, r.function)
      from reached r join given g using (code)
     where g.spec -> 'calls' ? r.function and not exists (select 1 from pg_proc p where p.proname = r.function and p.pronamespace = 'dot'::regnamespace)
    union all
    select r.code, 'not_granted', format('role %s may not call %s', role.name, p.oid::regprocedure)
      from reached r
      join pg_namespace n on n.nspname = r.space
      join pg_proc p on p.proname = r.function and p.pronamespace = n.oid
      cross join lateral unnest(r.roles) role(name)
     where to_regrole(role.name) is null or not has_function_privilege(to_regrole(role.name), p.oid, 'execute')
    union all
    select r.code, 'wrongly_granted',
           format('%s may call %s, which the file does not say', case when a.grantee = 0 then 'everyone' else a.grantee::regrole::text end, p.oid::regprocedure)
      from reached r
      join pg_namespace n on n.nspname = r.space
      join pg_proc p on p.proname = r.function and p.pronamespace = n.oid
      cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
       and not exists (
         select 1 from reached o where o.function = r.function and o.space = r.space
            and case when a.grantee = 0 then 'public' else a.grantee::regrole::text end = any(o.roles))
    union all
    select code, 'missing_pair', format('the pair %s is no read command', spec ->> 'pair')
      from given g where mutating and not exists (select 1 from given o where o.code = g.spec ->> 'pair' and not o.mutating)
    union all
    select code, 'missing_gate', format('gate %s is not declared in this database', spec ->> 'gate')
      from given g where spec ->> 'gate' is not null
       and not exists (select 1 from dot.dot_config c where c.config_key = g.spec ->> 'gate' and c.value_type = 'bool' and c.status = 'active')
    union all
    select g.code, 'not_synced', case when k.command_code is null then 'the database''s catalogue does not have it' else 'the database has another declaration of it' end
      from given g left join dot.dot_command_catalog k on k.command_code = g.code and k.status <> 'retired'
     where k.command_code is null or k.spec_digest <> g.digest
    union all
    select k.command_code, 'not_in_program', 'the database has it, the program and its directories do not'
      from dot.dot_command_catalog k
     where k.status <> 'retired' and not exists (select 1 from given g where g.code = k.command_code)
    union all
    select null, 'no_command', format('%s may call %s, which belongs to no command', case when a.grantee = 0 then 'everyone' else a.grantee::regrole::text end, p.oid::regprocedure)
      from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where p.pronamespace = 'dot'::regnamespace and a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
       and p.proname <> all(dot.fn_command_protocol())
       and not exists (select 1 from reached r where r.function = p.proname and r.space = 'dot')
  )
  select jsonb_build_object('ok', not exists (select 1 from finding), 'commands', (select count(*) from given),
    'findings', coalesce((select jsonb_agg(jsonb_build_object('command', command, 'finding', finding, 'detail', detail)
      order by command nulls last, finding, detail) from finding), '[]'))
$$;
comment on function dot.fn_catalog_check(jsonb) is
  'Compares command declarations [{spec, digest}] with pg_proc (existence, names, types, defaults, result, volatility, security, search_path, grants), with the database''s catalogue, and finds reachable functions without a command. Returns {ok, commands, findings: [{command, finding, detail}]}.';
