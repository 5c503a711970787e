-- What every database of this server came with, as a digest by kind, in the form of snapshot.sql. Numbers stand only for what has
-- the same one on every server of a major version. Without grants, which are the affair of who runs the server, and without
-- collations, which are the machine's.
with
  ours as (select oid from pg_namespace where nspname in ('pg_catalog', 'information_schema')),
  built(kind, line) as (
    select 'functions', concat_ws('|', p.proname, p.proargtypes, p.prorettype, l.lanname, p.prosupport::oid, p.prokind, p.prosecdef, p.proleakproof, p.proisstrict,
             p.proretset, p.provolatile, p.proparallel, p.pronargdefaults, p.proowner = 10, p.prosrc, p.probin, p.proconfig)
      from pg_proc p join pg_language l on l.oid = p.prolang where p.oid < 16384 and p.pronamespace in (select oid from ours)
    union all
    select 'aggregates', concat_ws('|', a.aggfnoid::oid, a.aggkind, a.aggtransfn::oid, a.aggfinalfn::oid, a.aggcombinefn::oid, a.aggtranstype, a.agginitval, a.aggsortop)
      from pg_aggregate a where a.aggfnoid < 16384
    union all
    select 'operators', concat_ws('|', o.oprname, o.oprleft, o.oprright, o.oprcode::oid, o.oprresult, o.oprcom, o.oprnegate, o.oprrest::oid, o.oprjoin::oid, o.oprcanmerge, o.oprcanhash)
      from pg_operator o where o.oid < 16384
    union all
    select 'operators of indexes', concat_ws('|', f.opfname, f.opfmethod, o.amopstrategy, o.amopopr, o.amoppurpose) from pg_opfamily f join pg_amop o on o.amopfamily = f.oid where f.oid < 16384
    union all
    select 'functions of indexes', concat_ws('|', f.opfname, f.opfmethod, o.amprocnum, o.amproc::oid, o.amproclefttype, o.amprocrighttype) from pg_opfamily f join pg_amproc o on o.amprocfamily = f.oid where f.oid < 16384
    union all
    select 'operator classes', concat_ws('|', c.opcname, c.opcmethod, c.opcintype, c.opckeytype, c.opcdefault, f.opfname) from pg_opclass c join pg_opfamily f on f.oid = c.opcfamily where c.oid < 16384
    union all
    select 'casts', concat_ws('|', c.castsource, c.casttarget, c.castfunc, c.castcontext, c.castmethod) from pg_cast c where c.oid < 16384
    union all
    select 'types', concat_ws('|', t.typname, t.typtype, t.typcategory, t.typispreferred, t.typinput::oid, t.typoutput::oid, t.typreceive::oid, t.typsend::oid, t.typmodin::oid, t.typmodout::oid)
      from pg_type t where t.oid < 16384 and t.typrelid = 0 and t.typnamespace in (select oid from ours)
    union all
    select 'views', concat_ws('|', c.relname, pg_get_viewdef(c.oid)) from pg_class c where c.oid < 16384 and c.relkind = 'v' and c.relnamespace in (select oid from ours)
    union all
    select 'rules', concat_ws('|', c.relname, r.rulename, r.ev_enabled) from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.oid < 16384
    union all
    select 'triggers', concat_ws('|', c.relname, t.tgname, t.tgenabled) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.oid < 16384
    union all
    select 'text search', concat_ws('|', c.cfgname, m.maptokentype, m.mapseqno, d.dictname) from pg_ts_config c join pg_ts_config_map m on m.mapcfg = c.oid join pg_ts_dict d on d.oid = m.mapdict where c.oid < 16384
    union all
    select 'text search', concat_ws('|', d.dictname, d.dictinitoption) from pg_ts_dict d where d.oid < 16384
  )
select jsonb_object_agg('built-in ' || kind, definition)::text
  from (select kind, format('%s, sha256 %s', count(*), encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')) as definition from built group by kind) x
