create or replace function dot.fn_catalog_grant() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_grant record;
begin
  for v_grant in
    with wanted as (
      select p.oid as function_oid, r.role::regrole::oid as role_oid
        from dot.dot_command_catalog c
        cross join lateral unnest(c.roles) as r(role)
        join pg_proc p on (p.proname = c.pg_function or c.spec -> 'grants' ? p.proname::text) and p.pronamespace = 'dot'::regnamespace
       where c.status <> 'retired' and to_regrole(r.role) is not null
      union
      select p.oid, 'dot_reader'::regrole::oid
        from pg_proc p
       where p.pronamespace = 'dot'::regnamespace and p.proname = any(dot.fn_command_protocol())
    ),
    present as (
      select p.oid as function_oid, a.grantee as role_oid
        from pg_proc p
        cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       where p.pronamespace = 'dot'::regnamespace and a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
    )
    select 'grant' as verb, 'to' as preposition, w.function_oid, w.role_oid
      from wanted w where not exists (select 1 from present p where p.function_oid = w.function_oid and p.role_oid = w.role_oid)
    union all
    select 'revoke', 'from', p.function_oid, p.role_oid
      from present p where not exists (select 1 from wanted w where w.function_oid = p.function_oid and w.role_oid = p.role_oid)
  loop
    execute format('%s execute on function %s %s %s', v_grant.verb, v_grant.function_oid::regprocedure, v_grant.preposition,
      case when v_grant.role_oid = 0 then 'public' else v_grant.role_oid::regrole::text end);
  end loop;
end
$$;
comment on function dot.fn_catalog_grant() is
  'Grants EXECUTE on each catalogued function of schema dot to exactly the roles of the commands that are or call it, and on the pipeline''s own functions to dot_reader; revokes every other grant.';
