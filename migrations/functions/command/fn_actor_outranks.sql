create or replace function dot.fn_actor_outranks(p_login text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_role_granted(p_login, 'dot_owner') and not dot.fn_role_granted(session_user, 'dot_owner')
$$;
comment on function dot.fn_actor_outranks(text) is
  'Whether a login may act as dot_owner, as a superuser may, and the login of the session may not. False for a login that does not exist.';
