create or replace function dot.fn_role_given(p_login text, p_role text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_role_granted(p_login, p_role)
    and (p_role <> all (dot.fn_actor_weighty())
      or not exists (select 1 from dot.dot_actor a where a.login_name = p_login and a.status = 'active' and p_role <> all (a.roles))
      or (select r.rolsuper from pg_roles r where r.rolname = p_login))
$$;
comment on function dot.fn_role_given(text, text) is
  'Whether a login has been granted a role on this server, and where it is an actor''s and the role is weighty (fn_actor_weighty), by the platform too: a grant by hand gives no actor one of those. Superusers need none.';
