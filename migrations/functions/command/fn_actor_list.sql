create or replace function dot.fn_actor_list()
returns table (actor text, kind text, login text, principal text, status text, roles text[], added_by text, created_at timestamptz, last_run timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select a.actor_id, a.actor_kind, a.login_name, a.principal, a.status, a.roles, a.added_by, a.created_at,
         (select max(r.started_at) from dot.dot_command_run r where r.actor = a.actor_id and r.mode in ('run', 'plan_apply', 'sql'))
    from dot.dot_actor a order by a.actor_kind, a.actor_id
$$;
comment on function dot.fn_actor_list() is 'The actors that are known, with their logins; last_run is when each last began to change something.';
