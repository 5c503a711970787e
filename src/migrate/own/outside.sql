-- What reaches into the platform from outside of it, and who has its roles: {"object": definition}. See outside.rs.
with
  platform(role, rolname) as (select oid, rolname from pg_roles where rolname ~ '^dot_'),
  holder(oid) as (
    select r.oid from pg_roles r where exists (select 1 from platform p where p.role <> r.oid and dot.fn_role_held(r.rolname::text, p.rolname::text)) and not r.rolsuper
  ),
  object(name, definition) as (
    -- A row of ours that one of theirs refers to can neither go nor change.
    select format('foreign key %s of %s on %s', c.conname, c.conrelid::regclass, c.confrelid::regclass), pg_get_constraintdef(c.oid)
      from pg_constraint c join pg_class t on t.oid = c.confrelid join pg_class f on f.oid = c.conrelid
     where c.contype = 'f' and t.relnamespace = 'dot'::regnamespace and f.relnamespace <> 'dot'::regnamespace
    union all
    -- Whoever may read it reads ours with its owner's rights.
    select distinct format('view %s, which reads %s with the rights of %s', v.oid::regclass, t.oid::regclass, pg_get_userbyid(v.relowner)), md5(pg_get_viewdef(v.oid))
      from pg_rewrite r join pg_class v on v.oid = r.ev_class join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      join pg_class t on t.oid = d.refobjid
     where v.relkind in ('v', 'm') and v.relnamespace <> 'dot'::regnamespace and t.relnamespace = 'dot'::regnamespace
       and (dot.fn_role_held(pg_get_userbyid(v.relowner)::text, 'dot_owner') or exists (select 1 from pg_roles o where o.oid = v.relowner and o.rolsuper)) and not coalesce('security_invoker=true' = any (v.reloptions) or 'security_invoker=on' = any (v.reloptions), false)
    union all
    select 'schema ' || n.nspname, pg_get_userbyid(n.nspowner) from pg_namespace n where n.nspname ~ '^dot_'
    union all
    select format('membership %s in %s', m.member::regrole, m.roleid::regrole), string_agg(to_jsonb(m)::text, ' ' order by to_jsonb(m)::text)
      from pg_auth_members m where m.roleid in (select role from platform) or m.member in (select oid from holder)
     group by m.member, m.roleid
    union all
    select 'login ' || r.rolname, to_jsonb(r)::text from pg_roles r where r.oid in (select oid from holder) or r.oid in (select role from platform)
  )
select coalesce(jsonb_object_agg(name, definition), '{}')::text from object
