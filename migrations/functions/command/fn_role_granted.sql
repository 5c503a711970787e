create or replace function dot.fn_role_granted(p_login text, p_role text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- From PostgreSQL 16 on, a member may be one who hands the role out and has nothing of it.
  select coalesce(pg_has_role(to_regrole(quote_ident(p_login)), to_regrole(quote_ident(p_role)),
    case when current_setting('server_version_num')::int >= 160000 then 'usage, set' else 'member' end), false)
$$;
comment on function dot.fn_role_granted(text, text) is
  'Whether a login has been given a role on this server: it has its rights, or may become it. Who may only grant it does not. False where either does not exist. What decides asks fn_role_held, which knows of sessions.';
