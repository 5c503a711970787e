-- Every row of the catalogs that belongs to the platform, by the transaction that wrote it, and how many rows of its tables this
-- transaction has written: {"catalog object": [name, version]}. See written.rs.
with
  space as (select oid, nspname, xmin from pg_namespace where nspname = 'dot' or nspname ~ '^dot_'),
  rel as (select c.oid, c.oid::regclass::text as name, c.relkind, c.relispartition, c.xmin from pg_class c where c.relnamespace in (select oid from space)),
  proc as (select p.oid, p.oid::regprocedure::text as name, p.xmin from pg_proc p where p.pronamespace in (select oid from space)),
  platform(role) as (
    select oid from pg_roles
     where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway')
  ),
  here(oid) as (select oid from pg_database where datname = current_database()),
  written(object, name, version) as (
    select 'schema ' || oid, 'schema ' || nspname, xmin::text from space
    union all
    select 'relation ' || oid, format('%s %s', case relkind when 'i' then 'index' when 'I' then 'index' when 'S' then 'sequence' when 'v' then 'view' else 'table' end, name), xmin::text from rel
    union all
    select format('column %s %s', rel.oid, a.attnum), format('column %s.%s', rel.name, a.attname), a.xmin::text from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0
    union all
    select 'default ' || d.oid, format('a default of %s', rel.name), d.xmin::text from rel join pg_attrdef d on d.adrelid = rel.oid
    union all
    select 'index ' || i.indexrelid, format('index %s on %s', i.indexrelid::regclass, rel.name), i.xmin::text from rel join pg_index i on i.indrelid = rel.oid
    union all
    select 'constraint ' || c.oid, format('constraint %s of %s', c.conname, rel.name), c.xmin::text from rel join pg_constraint c on rel.oid in (c.conrelid, c.confrelid)
    union all
    select 'trigger ' || t.oid, format('trigger %s on %s', t.tgname, rel.name), t.xmin::text from rel join pg_trigger t on t.tgrelid = rel.oid
    union all
    select 'rule ' || r.oid, format('rule %s on %s', r.rulename, rel.name), r.xmin::text from rel join pg_rewrite r on r.ev_class = rel.oid
    union all
    select 'policy ' || p.oid, format('policy %s on %s', p.polname, rel.name), p.xmin::text from rel join pg_policy p on p.polrelid = rel.oid
    union all
    select format('inheritance %s %s', i.inhrelid, i.inhparent), format('what %s inherits', i.inhrelid::regclass), i.xmin::text
      from pg_inherits i where i.inhrelid in (select oid from rel) or i.inhparent in (select oid from rel)
    union all
    select 'statistics ' || s.oid, format('statistics %s on %s', s.stxname, rel.name), s.xmin::text from rel join pg_statistic_ext s on s.stxrelid = rel.oid
    union all
    select 'published ' || p.oid, format('publication %s of %s', b.pubname, rel.name), p.xmin::text from rel join pg_publication_rel p on p.prrelid = rel.oid join pg_publication b on b.oid = p.prpubid
    union all
    select 'function ' || oid, 'function ' || name, xmin::text from proc
    union all
    select 'type ' || t.oid, 'type ' || t.oid::regtype, t.xmin::text from pg_type t where t.typnamespace in (select oid from space)
    union all
    select 'label ' || e.oid, format('a label of %s', e.enumtypid::regtype), e.xmin::text from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typnamespace in (select oid from space)
    union all
    select format('comment %s %s %s', d.classoid, d.objoid, d.objsubid), format('the comment of %s', o.name), d.xmin::text
      from pg_description d
      join (select 'pg_class'::regclass, oid, name from rel union all select 'pg_proc'::regclass, oid, name from proc
            union all select 'pg_namespace'::regclass, oid, nspname::text from space) o(class, oid, name) on o.class = d.classoid and o.oid = d.objoid
    union all
    select 'default privileges ' || a.oid, format('default privileges of %s', a.defaclrole::regrole), a.xmin::text
      from pg_default_acl a where a.defaclnamespace in (select oid from space) or a.defaclrole in (select role from platform)
    union all
    select 'event trigger ' || e.oid, 'event trigger ' || e.evtname, e.xmin::text from pg_event_trigger e
    union all
    select 'database ' || d.oid, 'database ' || d.datname, d.xmin::text from pg_database d where d.oid in (select oid from here)
    union all
    select format('settings %s %s', s.setdatabase, s.setrole),
           format('settings %s in %s', case s.setrole when 0 then 'everyone' else s.setrole::regrole::text end, case s.setdatabase when 0 then 'every database' else 'this database' end), s.xmin::text
      from pg_db_role_setting s
     where (s.setdatabase = 0 or s.setdatabase in (select oid from here)) and (s.setrole = 0 or s.setrole in (select role from platform))
    union all
    select 'rows ' || rel.oid, 'rows of ' || coalesce(pg_partition_root(case when rel.relispartition then rel.oid end)::text, rel.name),
           'rows ' || pg_stat_get_xact_tuples_inserted(rel.oid) + pg_stat_get_xact_tuples_updated(rel.oid) + pg_stat_get_xact_tuples_deleted(rel.oid)
      from rel where rel.relkind = 'r'
  )
select coalesce(jsonb_object_agg(object, jsonb_build_array(name, version)), '{}')::text from written
