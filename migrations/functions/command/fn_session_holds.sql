create or replace function dot.fn_session_holds(p_role text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce((
    select dot.fn_role_given(s.login, p_role) from dot.fn_session_verify(current_setting('dot.session_token', true)) s), false)
$$;
comment on function dot.fn_session_holds(text) is
  'Whether the login that opened the presented session holds a role; false for everything where the token is not valid here.';
