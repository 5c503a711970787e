create or replace function dot.fn_owner_trusted(p_owner oid) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce((
    select r.oid = 'dot_owner'::regrole or r.rolsuper or dot.fn_role_held(r.rolname, 'dot_owner')
      from pg_roles r
     -- From PostgreSQL 14 on, a role stands for whoever owns the database.
     where r.oid = case when p_owner = 'pg_database_owner'::regrole then (select d.datdba from pg_database d where d.datname = current_database()) else p_owner end), false)
$$;
comment on function dot.fn_owner_trusted(oid) is
  'Whether what this role owns may be evaluated with the rights of dot_owner: only where the role has those rights anyway.';
