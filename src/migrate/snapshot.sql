-- Every object of schema dot: {"kind name": definition}. Partitions are left out: housekeeping makes and drops them.
-- Grants are objects of their own, so that a changed grant is not taken for a changed definition.
with
  space as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname = 'dot'),
  rel as (
    select c.*, case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end as kind
      from pg_class c join space s on s.oid = c.relnamespace
     where not c.relispartition and relkind in ('r', 'p', 'v', 'm', 'S')
  ),
  grants(name, acl) as (
    select 'schema ' || nspname, nspacl from space
    union all
    select kind || ' ' || oid::regclass, relacl from rel
    union all
    select format('column %s.%I', rel.oid::regclass, a.attname), a.attacl
      from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 'function ' || p.oid::regprocedure, p.proacl from pg_proc p join space s on s.oid = p.pronamespace
  ),
  object(kind, name, definition) as (
    select 'schema', nspname::text, format('owner %s', pg_get_userbyid(nspowner)) from space
    union all
    select kind, oid::regclass::text,
           format('owner %s, kind %s, persistence %s, options %s, partitioning %s, row security %s %s, comment %s%s%s',
             pg_get_userbyid(relowner), relkind, relpersistence, coalesce(reloptions::text, '-'), coalesce(pg_get_partkeydef(oid), '-'),
             relrowsecurity, relforcerowsecurity, coalesce(obj_description(oid, 'pg_class'), '-'),
             case when relkind in ('v', 'm') then ', as ' || pg_get_viewdef(oid) else '' end,
             case when relkind = 'S' then (
               select format(', type %s, start %s, increment %s, min %s, max %s, cache %s, cycle %s',
                 format_type(seqtypid, null), seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
                 from pg_sequence where seqrelid = rel.oid) else '' end)
      from rel
    union all
    -- The place among the living columns: a dropped one leaves a hole in attnum, which nobody can see.
    select 'column', format('%s.%I', rel.oid::regclass, a.attname),
           format('%s. %s%s%s%s%s%s, comment %s', row_number() over (partition by rel.oid order by a.attnum), format_type(a.atttypid, a.atttypmod),
             case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation else '' end,
             case when a.attnotnull then ' not null' else '' end,
             coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end,
             case when a.attgenerated <> '' then ' generated ' || a.attgenerated::text else '' end, coalesce(col_description(a.attrelid, a.attnum), '-'))
      from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where rel.kind <> 'sequence'
    union all
    select 'constraint', format('%s.%I', rel.oid::regclass, c.conname), pg_get_constraintdef(c.oid)
      from rel join pg_constraint c on c.conrelid = rel.oid where c.contype not in ('t', 'n')
    union all
    select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' (invalid)' end
      from rel join pg_index i on i.indrelid = rel.oid
    union all
    select 'trigger', format('%s.%I', rel.oid::regclass, t.tgname), format('%s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
      from rel join pg_trigger t on t.tgrelid = rel.oid where not t.tgisinternal
       -- The catalogue's, as grants are: its declarations say which tables have them, and dot audit verify who lacks one.
       and t.tgfoid not in (select p.oid from pg_proc p join space s on s.oid = p.pronamespace where p.proname in ('fn_registry_birth', 'fn_registry_record'))
    union all
    select 'policy', format('%s.%I', rel.oid::regclass, p.polname), format('%s %s %s %s', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      from rel join pg_policy p on p.polrelid = rel.oid
    union all
    select 'function', p.oid::regprocedure::text,
           format(E'owner %s, comment %s\n%s', pg_get_userbyid(p.proowner), coalesce(obj_description(p.oid, 'pg_proc'), '-'), pg_get_functiondef(p.oid))
      from pg_proc p join space s on s.oid = p.pronamespace where p.prokind in ('f', 'p')
    union all
    select 'type', t.oid::regtype::text,
           format('owner %s, %s %s', pg_get_userbyid(t.typowner), t.typtype,
             coalesce((select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), format_type(t.typbasetype, t.typtypmod)))
      from pg_type t join space s on s.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
    union all
    select 'grants', name, coalesce((select string_agg(a::text, ', ' order by a::text) from unnest(acl) a), '-') from grants where acl is not null
  )
select jsonb_object_agg(kind || ' ' || name, definition)::text from object
