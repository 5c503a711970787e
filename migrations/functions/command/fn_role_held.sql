create or replace function dot.fn_role_held(p_login text, p_role text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_role_given(p_login, p_role)
    and case when p_login = session_user and current_setting('dot.session_token', true) <> '' then dot.fn_session_holds(p_role) else true end
$$;
comment on function dot.fn_role_held(text, text) is
  'Whether a login holds a role now: has its rights, or may become it. Who may only grant it does not, nor who was given a weighty one past the platform (fn_role_given). False where either does not exist. A login that presents the token of a session holds no more than the login that opened it; by a token that is not valid here it holds nothing.';
