create or replace function dot.fn_audit_finds_role_granted()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'role_granted', a.actor_id, a.run_id, format('its login %s has %s, which no run gave it', a.login_name, d.role)
    from dot.dot_actor a
    join pg_roles r on r.rolname = a.login_name and not r.rolsuper
   cross join unnest(array['dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway']) d(role)
   where a.status = 'active' and dot.fn_role_granted(a.login_name, d.role)
     -- What comes with a role that it was given was given as well.
     and not exists (select 1 from unnest(a.roles) g where g = d.role or dot.fn_role_granted(g, d.role))
     -- Whoever made the platform here could act as its owner before there was anybody to give that.
     and not (d.role = 'dot_owner' and a.login_name = (select r.login from dot.dot_command_run r order by r.run_id limit 1))
     -- Nor is it news of a login that had it when a run made it an actor: whoever added it saw that, and could act as the owner too.
     -- Adding one who is known changes neither the run of its row nor that run's outcome.
     and not (d.role = 'dot_owner' and exists (
       select 1 from dot.dot_command_run r join dot.dot_command_catalog k using (command_code)
        where r.run_id = a.run_id and r.state = 'succeeded' and k.pg_function = 'fn_actor_add' and not coalesce((r.effects ->> 'claimed')::boolean, false)
          and r.outcome @> jsonb_build_object('actor', a.actor_id, 'login', a.login_name, 'acts_as_owner', true)))
   order by 2, 4
$$;
comment on function dot.fn_audit_finds_role_granted() is
  'For fn_audit_objects: role_granted, active actors whose logins have a role of the platform on this server that no run of dot actor add gave them here. The login that made the platform may act as its owner, and so may one that could when a run made it an actor, which the outcome of that run says.';
