-- Which version of each object of the schema there is, {"kind name": version}, from the rows of the catalogs alone: nothing here
-- waits for a table that is being altered, as what words a definition does. A version is the transaction that wrote the row;
-- that of a function is what it is, since who may call it is the affair of the catalogue.
with
  space as (select oid from pg_namespace where nspname in ('dot', 'dot_compiled', 'dot_adapted')),
  rel as (select oid, xmin, relkind, oid::regclass::text as name from pg_class where relnamespace in (select oid from space) and not relispartition),
  platform(role) as (
    select oid from pg_roles
     where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway')
  ),
  proc as (select p.*, p.oid::regprocedure::text as name from pg_proc p),
  version(kind, name, version) as (
    select 'schema', nspname::text, xmin::text from pg_namespace where oid in (select oid from space)
    union all
    select case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'i' then 'index' when 'I' then 'index' else 'table' end, name, xmin::text from rel
    union all
    select 'column', format('%s.%I', rel.name, a.attname), a.xmin::text from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 'default', format('%s %s', rel.name, d.adnum), d.xmin::text from rel join pg_attrdef d on d.adrelid = rel.oid
    union all
    select 'constraint', format('%s.%I', rel.name, c.conname), c.xmin::text from rel join pg_constraint c on c.conrelid = rel.oid
    union all
    select 'trigger', format('%s.%I', rel.name, t.tgname), t.xmin::text from rel join pg_trigger t on t.tgrelid = rel.oid where not t.tgisinternal or t.tgenabled <> 'O'
    union all
    select 'rule', format('%s.%I', rel.name, r.rulename), r.xmin::text from rel join pg_rewrite r on r.ev_class = rel.oid
    union all
    select 'policy', format('%s.%I', rel.name, p.polname), p.xmin::text from rel join pg_policy p on p.polrelid = rel.oid
    union all
    select 'inheritance', format('%s of %s', i.inhrelid::regclass, rel.name), i.xmin::text from rel join pg_inherits i on i.inhparent = rel.oid
      join pg_class c on c.oid = i.inhrelid and not c.relispartition
    union all
    select 'function', p.name, md5(concat_ws('|', p.proowner, p.prosrc, p.probin, p.proconfig, p.prosecdef, p.provolatile, p.proisstrict, p.proleakproof, p.proparallel, p.prolang, p.procost, p.prosupport::oid, p.proargdefaults, p.proretset, p.proargnames))
      from proc p
     where p.pronamespace in (select oid from space)
        or p.oid >= 16384 and (p.prosecdef and p.proowner in (select o.oid from pg_roles o where o.rolsuper or pg_has_role(o.oid, to_regrole('dot_owner'), 'member'))
          or p.pronamespace = 'pg_catalog'::regnamespace)
    union all
    select 'type', t.oid::regtype::text, t.xmin::text from pg_type t where t.typnamespace in (select oid from space) and t.typtype <> 'c'
    union all
    select 'label', format('%s of %s', e.enumlabel, t.oid::regtype), e.xmin::text from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace in (select oid from space)
    union all
    select 'domain constraint', format('%s.%I', t.oid::regtype, c.conname), c.xmin::text from pg_constraint c join pg_type t on t.oid = c.contypid where t.typnamespace in (select oid from space)
    union all
    select 'operator', o.oid::regoperator::text, o.xmin::text from pg_operator o where o.oid >= 16384 and (o.oprnamespace in (select oid from space) or o.oprnamespace = 'pg_catalog'::regnamespace)
    union all
    select 'operator class', o.opcname::text, o.xmin::text from pg_opclass o where o.opcnamespace in (select oid from space)
    union all
    select 'operator family', f.opfname::text, f.xmin::text from pg_opfamily f where f.opfnamespace in (select oid from space)
    union all
    select 'collation', c.oid::regcollation::text, c.xmin::text from pg_collation c where c.collnamespace in (select oid from space)
    union all
    select 'conversion', c.conname::text, c.xmin::text from pg_conversion c where c.connamespace in (select oid from space)
    union all
    select 'text search configuration', c.oid::regconfig::text, c.xmin::text from pg_ts_config c where c.cfgnamespace in (select oid from space)
    union all
    select 'statistics', s.stxname::text, s.xmin::text from pg_statistic_ext s where s.stxnamespace in (select oid from space)
    union all
    select 'comment', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.xmin::text from pg_description d
     where d.classoid = 'pg_class'::regclass and d.objoid in (select oid from rel) or d.classoid = 'pg_proc'::regclass and d.objoid in (select p.oid from pg_proc p where p.pronamespace in (select oid from space))
    union all
    select 'cast', format('%s as %s', c.castsource::regtype, c.casttarget::regtype), c.xmin::text from pg_cast c where c.oid >= 16384
    union all
    select 'event trigger', e.evtname::text, e.xmin::text from pg_event_trigger e
    union all
    select 'publication', b.pubname::text, b.xmin::text from pg_publication b
    union all
    select 'settings', format('%s %s', s.setdatabase, s.setrole), s.xmin::text from pg_db_role_setting s
     where s.setdatabase = (select oid from pg_database where datname = current_database()) or s.setdatabase = 0 and s.setrole in (select role from platform)
    union all
    select 'membership', format('%s in %s', m.member::regrole, m.roleid::regrole), m.xmin::text from pg_auth_members m where m.member in (select role from platform)
    union all
    select 'default privileges', d.oid::text, d.xmin::text from pg_default_acl d where d.defaclrole in (select role from platform)
    union all
    select 'role', rolname::text, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls) from pg_roles where oid in (select role from platform)
  )
select coalesce(jsonb_object_agg(kind || ' ' || name, versions), '{}')::text
  from (select kind, name, string_agg(version, ',' order by version) as versions from version group by kind, name) v
