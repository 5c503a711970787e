create or replace function dot.fn_session_standing(p_actor text, p_login text) returns text
language sql stable security definer set search_path = dot, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD'
as $$
  with recursive held as (
    select r.oid, r.rolsuper, r.rolinherit, r.rolcanlogin, r.rolvaliduntil from pg_roles r where r.rolname = p_login
    union
    select r.oid, r.rolsuper, r.rolinherit, r.rolcanlogin, r.rolvaliduntil from held h join pg_auth_members m on m.member = h.oid join pg_roles r on r.oid = m.roleid
  )
  -- A row that was changed or made again has another transaction, so what was lost and came back is not what it was.
  select encode(sha256(convert_to(jsonb_build_array(a.xmin::text,
           (select jsonb_agg(array[h.oid::text, h.rolsuper::text, h.rolinherit::text, h.rolcanlogin::text, h.rolvaliduntil::text] order by h.oid) from held h),
           (select jsonb_agg(array[m.roleid::text, m.member::text, m.xmin::text] order by m.roleid, m.member, m.xmin::text)
              from pg_auth_members m where m.member in (select oid from held)))::text, 'UTF8')), 'hex')
    from dot.dot_actor a
   where a.actor_id = p_actor and a.login_name = p_login and a.status = 'active'
     and exists (select 1 from pg_roles r where r.rolname = p_login and r.rolcanlogin and coalesce(r.rolvaliduntil, 'infinity') > statement_timestamp())
$$;
comment on function dot.fn_session_standing(text, text) is
  'A digest of everything by which a login stands for an actor: the row of the actor as it was last written, and the roles that the login is a member of, directly or not, as they were granted. Another one after the actor was changed or a role was granted or revoked, though all be as before. Null where the actor is disabled, has another login, or the login is gone, or may not log in any more.';
