-- Every object of schema dot: {"kind name": definition}. Partitions are left out: housekeeping makes and drops them.
-- Grants are objects of their own, so that a changed grant is not taken for a changed definition.
-- Then what acts on schema dot from outside it: event triggers, publications, settings of the database and of the platform's roles,
-- what these roles are members of, default privileges, and functions elsewhere that run with the rights to write it. What an
-- extension has is looked at too: whoever may write the catalogs can also make anything a part of an extension.
-- A definition here is never worded otherwise: databases keep it. What else there is to look at stands in around.sql.
with
  platform(role) as (
    select oid from pg_roles
     where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway')
  ),
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
             pg_get_userbyid(relowner), relkind, relpersistence, coalesce(reloptions::text, '-')
               -- Said only where somebody has changed it: without one, a published table cannot be updated.
               || case when relkind in ('r', 'p') and relreplident <> 'd' then ', replica identity ' || relreplident::text else '' end, coalesce(pg_get_partkeydef(oid), '-'),
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
    select 'rule', format('%s.%I', rel.oid::regclass, r.rulename), format('%s, enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
      from rel join pg_rewrite r on r.ev_class = rel.oid where r.rulename <> '_RETURN'
    union all
    select 'schema', n.nspname::text, format('owner %s', pg_get_userbyid(n.nspowner)) from pg_namespace n where n.nspname in ('dot_compiled', 'dot_adapted')
    union all
    select 'event trigger', e.evtname::text, format('on %s when tag in (%s) execute %s, enabled %s', e.evtevent, coalesce(e.evttags::text, '-'), e.evtfoid::regprocedure, e.evtenabled)
      from pg_event_trigger e
    union all
    select 'publication', b.pubname::text, format('tables %s, insert %s, update %s, delete %s, truncate %s',
             (select string_agg(distinct t.tablename::text, ', ' order by t.tablename::text) from pg_publication_tables t where t.pubname = b.pubname and t.schemaname = 'dot'),
             b.pubinsert, b.pubupdate, b.pubdelete, b.pubtruncate)
      from pg_publication b where exists (select 1 from pg_publication_tables t where t.pubname = b.pubname and t.schemaname = 'dot')
    union all
    select 'settings', format('%s in %s', case when s.setrole = 0 then 'everyone' else pg_get_userbyid(s.setrole) end, case when s.setdatabase = 0 then 'every database' else 'this database' end),
           (select string_agg(c, ', ' order by c) from unnest(s.setconfig) c)
      from pg_db_role_setting s
     where s.setdatabase = (select oid from pg_database where datname = current_database()) or s.setdatabase = 0 and s.setrole in (select role from platform)
    union all
    -- Whether it inherits and may become it stands otherwise in each version of PostgreSQL, so it is asked.
    select 'membership', format('%s in %s', m.member::regrole, m.roleid::regrole),
           format('usage %s, admin %s', pg_has_role(m.member, m.roleid, 'usage'), bool_or(m.admin_option))
      from pg_auth_members m where m.member in (select role from platform)
     group by m.member, m.roleid
    union all
    select 'default privileges', format('%s%s of %s', a.defaclobjtype, coalesce(' in ' || a.defaclnamespace::regnamespace::text, ''), a.defaclrole::regrole),
           (select string_agg(x::text, ', ' order by x::text) from unnest(a.defaclacl) x)
      from (select d.defaclobjtype, nullif(d.defaclnamespace, 0) as defaclnamespace, d.defaclrole, d.defaclacl from pg_default_acl d) a
     where a.defaclrole in (select role from platform) or a.defaclnamespace in (select oid from space)
    union all
    select 'function elsewhere', p.oid::regprocedure::text, format(E'owner %s\n%s', pg_get_userbyid(p.proowner), pg_get_functiondef(p.oid))
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace and n.nspname !~ '^pg_(temp|toast)' and n.nspname not in ('dot', 'dot_compiled')
      -- Those of dot_owner itself are commands of a team, which the catalogue knows.
      join pg_roles o on o.oid = p.proowner and o.rolname <> 'dot_owner' and (o.rolsuper or pg_has_role(o.oid, 'dot_owner', 'member'))
     where p.prokind in ('f', 'p', 'w')
       -- What the server came with has a lower number, and is looked at as a whole. What is added to its schemas comes before
       -- all of ours by name, whoever's rights it runs with; so does the body that an event trigger executes.
       and (p.oid >= 16384 and n.nspname in ('pg_catalog', 'information_schema')
         or p.oid >= 16384 and p.prosecdef
         or exists (select 1 from pg_event_trigger e where e.evtfoid = p.oid))
    union all
    select 'grants', name, coalesce((select string_agg(a::text, ', ' order by a::text) from unnest(acl) a), '-') from grants where acl is not null
  )
select coalesce(jsonb_object_agg(kind || ' ' || name, definition), '{}')::text from object
