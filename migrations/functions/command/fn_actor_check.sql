create or replace function dot.fn_actor_check(p_actor text default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with finding as (
    -- On a server that people share, a login with roles is someone's; nobody knows whose this is, so it decides nothing. Roles are
    -- the server's: a login that may not connect here has them for another database's sake.
    select r.rolname::text as actor,
           format('this login has %s and is no actor: it decides nothing', string_agg(d.role, ', ' order by d.role))
             || case when bool_or(e.open) then format('. If it is another database''s: revoke connect on database %I from public, and grant it to who works here', current_database()) else '' end as problem,
           format('dot actor add %s --kind %s', l.word, case when 'dot_agent' = any (array_agg(d.role)) then 'agent --answers-to NAME'
             when array_agg(d.role) && array['dot_worker', 'dot_gateway'] and not array_agg(d.role) && array['dot_operator', 'dot_reviewer', 'dot_admin', 'dot_breakglass'] then 'service' else 'human' end)
             -- What an actor is called is stricter than what a login is.
             || case when r.rolname ~ '^[a-zA-Z0-9][a-zA-Z0-9._@-]*$' then '' else format(' --login %s', dot.fn_problem_word(r.rolname)) end
             || string_agg(' --role ' || d.role, '' order by d.role) || ' --yes' as cure
      from pg_roles r
     cross join unnest(array['dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway']) d(role)
     cross join lateral (select case when r.rolname ~ '^[a-zA-Z0-9][a-zA-Z0-9._@-]*$' then r.rolname::text else 'NAME' end as word) l
     -- Everybody may connect, unless somebody said otherwise.
     cross join (
       select exists (select 1 from aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) g where g.grantee = 0 and g.privilege_type = 'CONNECT') as open
         from pg_database b where b.datname = current_database()) e
     where p_actor is null and not dot.fn_identity_private() and has_database_privilege(r.oid, current_database(), 'CONNECT') and r.rolcanlogin and not r.rolsuper and dot.fn_role_granted(r.rolname, d.role)
       and not exists (select 1 from dot.dot_actor a where a.login_name = r.rolname)
     group by r.rolname, l.word
    union all
    select a.actor_id as actor, f.problem, f.cure
      from dot.dot_actor a
     cross join lateral (
       select 'its login does not exist' as problem, format('dot actor disable %s --yes', a.actor_id) as cure where a.status = 'active' and a.login_name is not null and to_regrole(quote_ident(a.login_name)) is null
       union all
       select format('its login is no member of %s', r), format('dot actor add %s --kind %s --login %s --role %s --yes', a.actor_id, a.actor_kind, dot.fn_problem_word(a.login_name), r)
           || case when a.principal is not null then ' --answers-to ' || a.principal else '' end from unnest(a.roles) r
        where to_regrole(quote_ident(a.login_name)) is not null and not dot.fn_role_granted(a.login_name, r)
       union all
       select format('its login has %s, which nobody gave it here: it does not count', d.role), format('psql -c %s', dot.fn_problem_word(format('revoke %I from %I', d.role, a.login_name))) from unnest(dot.fn_actor_weighty()) d(role)
        where a.status = 'active' and d.role <> all (a.roles) and dot.fn_role_granted(a.login_name, d.role)
          and not (select rolsuper from pg_roles where rolname = a.login_name)
       union all
       select 'its login has dot_agent, and it is no agent', format('psql -c %s', dot.fn_problem_word(format('revoke dot_agent from %I', a.login_name)))
        where to_regrole(quote_ident(a.login_name)) is not null and a.actor_kind <> 'agent' and dot.fn_role_granted(a.login_name, 'dot_agent')
          and not (select rolsuper from pg_roles where rolname = a.login_name)
       union all
       select 'its principal is disabled', format('dot actor disable %s --yes', a.actor_id) from dot.dot_actor p where p.actor_id = a.principal and p.status <> 'active' and a.status = 'active') f
     where p_actor is null or a.actor_id = p_actor
  )
  select jsonb_build_object('ok', not exists (select 1 from finding) and (p_actor is null or exists (select 1 from dot.dot_actor where actor_id = p_actor)),
    'actors', (select count(*) from dot.dot_actor where p_actor is null or actor_id = p_actor),
    'problems', coalesce((select jsonb_agg(jsonb_build_object('actor', actor, 'problem', problem, 'cure', cure) order by actor, problem) from finding), '[]'))
$$;
comment on function dot.fn_actor_check(text) is
  'Whether actors and logins fit: each login exists and has the roles it was given, principals are active, no login decides by a role that it was not given, and none with a role that may connect to this database is nobody''s. Returns {ok, actors, problems: [{actor, problem, cure: the command that ends it}]}; not ok for an unknown p_actor.';
