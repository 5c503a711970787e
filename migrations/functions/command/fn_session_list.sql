create or replace function dot.fn_session_list(p_session uuid default null, p_history boolean default false)
returns table (session uuid, actor text, login text, state text, opened_at timestamptz, expires_at timestamptz, roles text[], client jsonb, revoked_by text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select s.session_id, s.actor_id, s.login, t.state, s.opened_at, s.expires_at, s.roles, s.client, s.revoked_by
    from dot.dot_session s
   cross join lateral (
     select case when s.revoked_at is not null then 'revoked' when s.expires_at <= statement_timestamp() then 'expired'
                 -- As fn_session_verify would have it.
                 when not exists (select 1 from dot.dot_actor a where a.actor_id = s.actor_id and a.login_name = s.login and a.status = 'active') then 'disabled'
                 when exists (select 1 from unnest(s.roles) r where not dot.fn_role_granted(s.login, r)) then 'role_lost'
                 when s.standing is distinct from dot.fn_session_standing(s.actor_id, s.login) then 'changed'
                 else 'open' end as state) t
   where (p_session is null or s.session_id = p_session) and (p_history or p_session is not null or t.state = 'open')
   order by s.opened_at desc, s.session_id
$$;
comment on function dot.fn_session_list(uuid, boolean) is
  'The sessions that are open, one of them, or all there ever were (p_history); never what their tokens are. state: open, revoked, expired, disabled (the actor), role_lost, or changed (the actor or the roles of its login have changed since, though all be as before).';
