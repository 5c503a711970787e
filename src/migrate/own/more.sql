-- What snapshot.sql does not look at in the schemas of teams, and what they make that stands in no schema: {"kind name": definition}.
-- See schema.rs.
with
  space as (select oid, nspname from pg_namespace where nspname !~ '^(pg_|dot_)' and nspname not in ('dot', 'information_schema')),
  own as (select c.* from pg_class c where c.relnamespace in (select oid from space)),
  object(kind, name, definition) as (
    select 'domain constraint', format('%s.%I', t.oid::regtype, c.conname), pg_get_constraintdef(c.oid)
      from pg_constraint c join pg_type t on t.oid = c.contypid and t.typnamespace in (select oid from space)
    union all
    select 'domain', t.oid::regtype::text, format('not null %s, default %s, collation %s, comment %s', t.typnotnull, coalesce(t.typdefault, '-'), t.typcollation::regcollation, coalesce(obj_description(t.oid, 'pg_type'), '-'))
      from pg_type t where t.typtype = 'd' and t.typnamespace in (select oid from space)
    union all
    select 'composite type', c.oid::regclass::text,
           (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
      from own c where c.relkind = 'c'
    union all
    select 'range type', r.rngtypid::regtype::text, format('subtype %s, operator class %s, collation %s', r.rngsubtype::regtype, (select opcname from pg_opclass o where o.oid = r.rngsubopc), r.rngcollation::regcollation)
      from pg_range r join pg_type t on t.oid = r.rngtypid where t.typnamespace in (select oid from space)
    union all
    select 'grants type', t.oid::regtype::text, t.typacl::text from pg_type t where t.typacl is not null and t.typtype <> 'm' and t.typnamespace in (select oid from space)
    union all
    select 'aggregate', p.oid::regprocedure::text,
           format('owner %s, transition %s, final %s, combine %s, state %s, initially %s, kind %s', pg_get_userbyid(p.proowner), g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggtranstype::regtype, coalesce(g.agginitval, '-'), g.aggkind)
      from pg_proc p join pg_aggregate g on g.aggfnoid = p.oid where p.pronamespace in (select oid from space)
    union all
    select 'window function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p where p.prokind = 'w' and p.pronamespace in (select oid from space)
    union all
    select 'operator', o.oid::regoperator::text,
           format('owner %s, function %s, gives %s, commutator %s, negator %s, restrict %s, join %s, merges %s, hashes %s', pg_get_userbyid(o.oprowner), o.oprcode,
             o.oprresult::regtype, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash)
      from pg_operator o where o.oprnamespace in (select oid from space)
    union all
    select 'operator class', format('%s.%I using %s', o.opcnamespace::regnamespace, o.opcname, a.amname),
           format('owner %s, for %s, family %I, key %s, default %s', pg_get_userbyid(o.opcowner), o.opcintype::regtype, f.opfname, o.opckeytype::regtype, o.opcdefault)
      from pg_opclass o join pg_opfamily f on f.oid = o.opcfamily join pg_am a on a.oid = o.opcmethod where o.opcnamespace in (select oid from space)
    union all
    select 'operator family', format('%s.%I using %s', f.opfnamespace::regnamespace, f.opfname, a.amname),
           format('operators %s, functions %s',
             (select string_agg(format('%s %s', o.amopstrategy, o.amopopr::regoperator), ', ' order by o.amopstrategy, o.amopopr::regoperator::text) from pg_amop o where o.amopfamily = f.oid),
             (select string_agg(format('%s %s', r.amprocnum, r.amproc::regprocedure), ', ' order by r.amprocnum, r.amproc::regprocedure::text) from pg_amproc r where r.amprocfamily = f.oid))
      from pg_opfamily f join pg_am a on a.oid = f.opfmethod where f.opfnamespace in (select oid from space)
    union all
    select 'collation', c.oid::regcollation::text, format('provider %s, encoding %s, deterministic %s', c.collprovider, c.collencoding, c.collisdeterministic)
      from pg_collation c where c.collnamespace in (select oid from space)
    union all
    select 'conversion', format('%s.%I', c.connamespace::regnamespace, c.conname), format('from %s to %s, by %s, default %s', pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc, c.condefault)
      from pg_conversion c where c.connamespace in (select oid from space)
    union all
    select 'text search configuration', c.oid::regconfig::text,
           (select string_agg(format('%s %s', m.maptokentype, m.mapdict::regdictionary), ', ' order by m.maptokentype, m.mapseqno) from pg_ts_config_map m where m.mapcfg = c.oid)
      from pg_ts_config c where c.cfgnamespace in (select oid from space)
    union all
    select 'text search dictionary', d.oid::regdictionary::text, format('options %s', coalesce(d.dictinitoption, '-')) from pg_ts_dict d where d.dictnamespace in (select oid from space)
    union all
    select 'statistics', format('%s.%I', e.stxnamespace::regnamespace, e.stxname), format('%s, target %s', pg_get_statisticsobjdef(e.oid), e.stxstattarget)
      from pg_statistic_ext e where e.stxnamespace in (select oid from space)
    union all
    select 'partition', c.oid::regclass::text, format('of %s %s', i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid)) from own c join pg_inherits i on i.inhrelid = c.oid where c.relispartition and c.relkind in ('r', 'p', 'f')
    union all
    select 'inheritance', c.oid::regclass::text, string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
      from own c join pg_inherits i on i.inhrelid = c.oid where not c.relispartition and c.relkind in ('r', 'f') group by c.oid
    union all
    select 'reference not enforced', format('%s.%I', t.tgrelid::regclass, c.conname), string_agg(format('%s, enabled %s', t.tgfoid::regproc, t.tgenabled), ', ' order by t.tgfoid::regproc::text)
      from own join pg_trigger t on t.tgrelid = own.oid and t.tgisinternal and t.tgenabled <> 'O' join pg_constraint c on c.oid = t.tgconstraint and c.contype = 'f'
     group by t.tgrelid, c.conname
    union all
    -- Said only where somebody has changed it.
    select 'storage of', format('%s.%I', own.oid::regclass, a.attname),
           concat_ws(', ', case when a.attstorage <> t.typstorage then 'storage ' || a.attstorage::text end, case when a.attcompression <> '' then 'compression ' || a.attcompression::text end,
             case when coalesce(a.attstattarget, -1) <> -1 then 'statistics ' || a.attstattarget end, a.attoptions::text)
      from own join pg_attribute a on a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where own.relkind in ('r', 'p', 'm', 'i', 'I') and (a.attstorage <> t.typstorage and own.relkind in ('r', 'p', 'm') or a.attcompression <> '' or coalesce(a.attstattarget, -1) <> -1 or a.attoptions is not null)
    union all
    select 'clustered by', i.indrelid::regclass::text, i.indexrelid::regclass::text from own join pg_index i on i.indrelid = own.oid where i.indisclustered
    union all
    select 'access method', c.oid::regclass::text, a.amname from own c join pg_am a on a.oid = c.relam where c.relkind in ('r', 'p', 'm') and a.amname <> 'heap'
    union all
    select 'sequence owner', d.objid::regclass::text, format('%s.%I', d.refobjid::regclass, a.attname)
      from own c join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where c.relkind = 'S'
    union all
    select 'foreign table', c.oid::regclass::text,
           format('owner %s, server %s, options %s, columns %s', pg_get_userbyid(c.relowner), s.srvname, coalesce(f.ftoptions::text, '-'),
             (select string_agg(format('%I %s %s', a.attname, format_type(a.atttypid, a.atttypmod), coalesce(a.attfdwoptions::text, '-')), ', ' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped))
      from own c join pg_foreign_table f on f.ftrelid = c.oid join pg_foreign_server s on s.oid = f.ftserver
    union all
    -- Of no schema. What another made of these is no business of a set: only what it makes itself is compared.
    select 'foreign data wrapper', f.fdwname::text, format('owner %s, handler %s, validator %s, options %s', pg_get_userbyid(f.fdwowner), f.fdwhandler::regproc, f.fdwvalidator::regproc, coalesce(f.fdwoptions::text, '-')) from pg_foreign_data_wrapper f
    union all
    select 'server', s.srvname::text, format('owner %s, wrapper %s, type %s, version %s, options %s', pg_get_userbyid(s.srvowner), f.fdwname, coalesce(s.srvtype, '-'), coalesce(s.srvversion, '-'), coalesce(s.srvoptions::text, '-'))
      from pg_foreign_server s join pg_foreign_data_wrapper f on f.oid = s.srvfdw
    union all
    select 'publication', b.pubname::text, format('all tables %s, insert %s, update %s, delete %s, truncate %s, tables %s', b.puballtables, b.pubinsert, b.pubupdate, b.pubdelete, b.pubtruncate,
             (select string_agg(p.prrelid::regclass::text, ', ' order by p.prrelid::regclass::text) from pg_publication_rel p where p.prpubid = b.oid))
      from pg_publication b
    union all
    select 'cast', format('%s as %s', c.castsource::regtype, c.casttarget::regtype), format('by %s, context %s, method %s', c.castfunc::regprocedure, c.castcontext, c.castmethod)
      from pg_cast c where c.oid >= 16384
    union all
    select 'event trigger', e.evtname::text, format('on %s when tag in (%s) execute %s, enabled %s', e.evtevent, coalesce(e.evttags::text, '-'), e.evtfoid::regprocedure, e.evtenabled) from pg_event_trigger e
    union all
    select 'extension', e.extname::text, format('version %s in schema %s', e.extversion, e.extnamespace::regnamespace) from pg_extension e
    union all
    select 'default privileges', format('%s%s of %s', a.defaclobjtype, coalesce(' in ' || a.defaclnamespace::regnamespace::text, ''), a.defaclrole::regrole), (select string_agg(x::text, ', ' order by x::text) from unnest(a.defaclacl) x)
      from (select d.defaclobjtype, nullif(d.defaclnamespace, 0) as defaclnamespace, d.defaclrole, d.defaclacl from pg_default_acl d) a
     where a.defaclrole not in (select oid from pg_roles where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway'))
  )
select coalesce(jsonb_object_agg(kind || ' ' || name, coalesce(definition, '-')), '{}')::text from object
