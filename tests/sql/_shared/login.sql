-- Logins of the server, for as long as the behaviour's transaction, and what each of them may do.
grant usage on schema test to public;

-- A login with these roles. Its name goes with the database: roles belong to the whole server, and behaviours run side by side.
create function test.login(p_name text, p_roles text[]) returns text
language plpgsql as $$
declare
  v_login constant text := format('%s_%s', p_name, current_database());
begin
  execute format('create role %I login', v_login);
  execute format('grant %s to %I', array_to_string(p_roles, ', '), v_login);
  return v_login;
end
$$;

-- The one value of a query by that login, or the SQLSTATE with which it fails.
create function test.by(p_login text, p_sql text) returns text
language plpgsql as $$
declare
  v_found text;
begin
  execute format('set local session authorization %I', p_login);
  execute p_sql into v_found;
  set local session authorization default;
  return v_found;
exception when others then
  -- The login is as before by now.
  return sqlstate;
end
$$;
