create or replace function dot.fn_actor_check(p_actor text default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with finding as (
    -- On a server that people share, a login with roles is someone's; nobody knows whose this is, so it decides nothing.
    select r.rolname::text as actor, 'this login has ' || string_agg(d.role, ', ' order by d.role) || ' and is no actor: it decides nothing' as problem
      from pg_roles r
     cross join unnest(array['dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway']) d(role)
     where p_actor is null and not dot.fn_identity_private() and r.rolcanlogin and not r.rolsuper and dot.fn_role_granted(r.rolname, d.role)
       and not exists (select 1 from dot.dot_actor a where a.login_name = r.rolname)
     group by r.rolname
    union all
    select a.actor_id as actor, f.problem
      from dot.dot_actor a
     cross join lateral (
       select 'its login does not exist' as problem where a.login_name is not null and to_regrole(quote_ident(a.login_name)) is null
       union all
       select format('its login is no member of %s', r) from unnest(a.roles) r
        where to_regrole(quote_ident(a.login_name)) is not null and not dot.fn_role_granted(a.login_name, r)
       union all
       select format('its login has %s, which nobody gave it here: it does not count', d.role) from unnest(dot.fn_actor_weighty()) d(role)
        where a.status = 'active' and d.role <> all (a.roles) and dot.fn_role_granted(a.login_name, d.role)
          and not (select rolsuper from pg_roles where rolname = a.login_name)
       union all
       select 'its login has dot_agent, and it is no agent'
        where to_regrole(quote_ident(a.login_name)) is not null and a.actor_kind <> 'agent' and dot.fn_role_granted(a.login_name, 'dot_agent')
          and not (select rolsuper from pg_roles where rolname = a.login_name)
       union all
       select 'its principal is disabled' from dot.dot_actor p where p.actor_id = a.principal and p.status <> 'active' and a.status = 'active') f
     where p_actor is null or a.actor_id = p_actor
  )
  select jsonb_build_object('ok', not exists (select 1 from finding) and (p_actor is null or exists (select 1 from dot.dot_actor where actor_id = p_actor)),
    'actors', (select count(*) from dot.dot_actor where p_actor is null or actor_id = p_actor),
    'problems', coalesce((select jsonb_agg(jsonb_build_object('actor', actor, 'problem', problem) order by actor, problem) from finding), '[]'))
$$;
comment on function dot.fn_actor_check(text) is
  'Whether actors and logins fit: each login exists and has the roles it was given, principals are active, no login decides by a role that it was not given, and none with a role is nobody''s. Returns {ok, actors, problems: [{actor, problem}]}; not ok for an unknown p_actor.';
