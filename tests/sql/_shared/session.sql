-- A login that is an actor of its own, and sessions of such.
create function test.actor(p_actor text, p_kind text, p_roles text[], p_principal text default null) returns text
language plpgsql as $$
declare
  v_login constant text := test.login(p_actor, p_roles);
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles, principal) values (p_actor, p_kind, v_login, p_roles, p_principal);
  return v_login;
end
$$;

-- The token of a session that this login has opened.
create function test.token(p_login text, p_minutes int default 60) returns text
language sql as $$ select test.by(p_login, format($q$select dot.fn_session_open(%s) #>> '{once,token}'$q$, p_minutes)) $$;

-- What a query gives a login that presents a token. The token is gone afterwards.
create function test.presents(p_login text, p_token text, p_sql text) returns text
language plpgsql as $$
declare
  v_found text;
begin
  perform set_config('dot.session_token', p_token, true);
  v_found := test.by(p_login, p_sql);
  perform set_config('dot.session_token', '', true);
  return v_found;
end
$$;
