-- Every object of schema dot: {"kind name": definition}. Partitions are left out: housekeeping makes and drops them.
with
  space as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname = 'dot'),
  rel as (
    select c.* from pg_class c join space s on s.oid = c.relnamespace where not c.relispartition
  ),
  object(kind, name, definition) as (
    select 'schema', nspname::text, format('owner %s, grants %s', pg_get_userbyid(nspowner), coalesce(nspacl::text, '-')) from space
    union all
    select case relkind when 'p' then 'table' when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else relkind::text end,
           oid::regclass::text,
           format('owner %s, kind %s, persistence %s, options %s, partitioning %s, row security %s, grants %s, comment %s%s',
             pg_get_userbyid(relowner), relkind, relpersistence, coalesce(reloptions::text, '-'), coalesce(pg_get_partkeydef(oid), '-'),
             relrowsecurity, coalesce(relacl::text, '-'), coalesce(obj_description(oid, 'pg_class'), '-'),
             case when relkind in ('v', 'm') then ', as ' || pg_get_viewdef(oid) else '' end)
      from rel where relkind in ('r', 'p', 'v', 'm', 'S')
    union all
    select 'column', format('%s.%I', rel.oid::regclass, a.attname),
           format('%s. %s%s%s%s%s, comment %s', a.attnum, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
             coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end,
             case when a.attgenerated <> '' then ' generated ' || a.attgenerated::text else '' end, coalesce(col_description(a.attrelid, a.attnum), '-'))
      from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where rel.relkind in ('r', 'p', 'v', 'm')
    union all
    select 'constraint', format('%s.%I', rel.oid::regclass, c.conname), pg_get_constraintdef(c.oid)
      from rel join pg_constraint c on c.conrelid = rel.oid where c.contype not in ('t', 'n')
    union all
    select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (invalid)' end
      from rel join pg_index i on i.indrelid = rel.oid
    union all
    select 'trigger', format('%s.%I', rel.oid::regclass, t.tgname), format('%s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
      from rel join pg_trigger t on t.tgrelid = rel.oid where not t.tgisinternal
    union all
    select 'policy', format('%s.%I', rel.oid::regclass, p.polname), format('%s %s %s %s', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      from rel join pg_policy p on p.polrelid = rel.oid
    union all
    select 'function', p.oid::regprocedure::text,
           format('owner %s, grants %s, comment %s, %s', pg_get_userbyid(p.proowner),
             coalesce((select string_agg(a::text, ',' order by a::text) from unnest(p.proacl) a), '-'),
             coalesce(obj_description(p.oid, 'pg_proc'), '-'), pg_get_functiondef(p.oid))
      from pg_proc p join space s on s.oid = p.pronamespace where p.prokind in ('f', 'p')
    union all
    select 'type', t.oid::regtype::text,
           format('owner %s, %s %s', pg_get_userbyid(t.typowner), t.typtype,
             coalesce((select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), format_type(t.typbasetype, t.typtypmod)))
      from pg_type t join space s on s.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
  )
select jsonb_object_agg(kind || ' ' || name, definition)::text from object
