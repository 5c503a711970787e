-- What reaches into the platform from outside of it, and who has its roles: {"object": definition}. See outside.rs.
with
  -- By their names: a login may be called dot_ann.
  platform(role, rolname) as (
    select oid, rolname from pg_roles
     where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway')
  ),
  holder(oid) as (
    select r.oid from pg_roles r where exists (select 1 from platform p where p.role <> r.oid and dot.fn_role_held(r.rolname::text, p.rolname::text)) and not r.rolsuper
  ),
  -- Who may do what the platform does, or more.
  mighty(oid) as (
    select r.oid from pg_roles r where r.rolsuper or r.rolname = 'dot_owner' or dot.fn_role_held(r.rolname::text, 'dot_owner')
  ),
  -- Whose rights nobody of a team has by themselves: the platform's roles, and those that the server came with.
  lent(oid) as (select role from platform union select r.oid from pg_roles r where r.oid < 16384 and not r.rolsuper),
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
       and v.relowner in (select oid from mighty)
       and not coalesce((select o.option_value::boolean from pg_options_to_table(v.reloptions) o where o.option_name = 'security_invoker'), false)
    union all
    -- Whoever may call it, or write to the table, does so with these rights.
    select format('function %s, which runs with the rights of %s', p.oid::regprocedure, pg_get_userbyid(p.proowner)), md5(concat(p.prosrc, p.prosqlbody::text, p.proacl::text))
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and p.oid >= 16384 and n.nspname not in ('dot', 'dot_compiled') and p.proowner in (select oid from mighty union select oid from lent union select oid from holder)
    union all
    select format('rule %s on %s, which acts with the rights of %s', r.rulename, c.oid::regclass, pg_get_userbyid(c.relowner)), md5(pg_get_ruledef(r.oid))
      from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
     where r.rulename <> '_RETURN' and r.oid >= 16384 and n.nspname <> 'dot' and c.relowner in (select oid from mighty)
    union all
    -- Its triggers below a reference, its index expressions and its checks run with its owner's rights, for whoever writes or analyses.
    select format('relation %s, owned by %s', c.oid::regclass, pg_get_userbyid(c.relowner)), c.relkind::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relowner in (select oid from lent) and n.nspname !~ '^dot(_|$)' and c.oid >= 16384 and n.nspname !~ '^pg_toast'
    union all
    select 'database ' || d.datname, format('connections %s, limit %s, template %s, owner %s, grants %s', d.datallowconn, d.datconnlimit, d.datistemplate, pg_get_userbyid(d.datdba), coalesce(d.datacl::text, '-'))
      from pg_database d where d.datname = current_database()
    union all
    select 'schema ' || n.nspname, pg_get_userbyid(n.nspowner) from pg_namespace n where n.nspname ~ '^dot_'
    union all
    select format('membership %s in %s', m.member::regrole, m.roleid::regrole), string_agg(to_jsonb(m)::text, ' ' order by to_jsonb(m)::text)
      from pg_auth_members m
     where m.roleid in (select role from platform) or m.member in (select oid from holder) or m.roleid in (select oid from mighty)
        or m.roleid < 16384
     group by m.member, m.roleid
    union all
    select 'login ' || r.rolname, to_jsonb(r)::text from pg_roles r
     where r.oid in (select oid from holder) or r.oid in (select role from platform) or r.rolsuper or r.rolcreaterole or r.rolbypassrls or r.rolreplication
  )
select coalesce(jsonb_object_agg(name, definition), '{}')::text from object
