-- What snapshot.sql does not look at, in the same form: {"kind name": definition}.
-- First the rarer kinds of objects that could stand in schema dot; then what could give them another meaning, or another way in,
-- from outside: what is added to the server's own schemas, which come first by name; casts, which have no schema; relations,
-- rules and references elsewhere; roles and who has them; subscriptions, languages and extensions.
with
  platform(role) as (
    select oid from pg_roles
     where rolname in ('dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass', 'dot_gateway')
  ),
  space as (select oid from pg_namespace where nspname in ('dot', 'dot_compiled', 'dot_adapted')),
  -- Where names are looked for in our functions: in schema dot, and before it in the server's own.
  path(space, place, since) as (
    select oid, '', 0::oid from space
    union all
    select oid, ' elsewhere', 16384::oid from pg_namespace where nspname in ('pg_catalog', 'information_schema')
  ),
  -- Who can write what is governed by their own rights.
  mighty(role) as (select oid from pg_roles o where rolsuper or pg_has_role(o.oid, to_regrole('dot_owner'), 'member')),
  own as (select c.* from pg_class c where c.relnamespace in (select oid from space)),
  part as (select c.*, i.inhparent from own c join pg_inherits i on i.inhrelid = c.oid where c.relispartition),
  -- Views and rules elsewhere that name something of ours.
  reading(seen, rule) as (
    select distinct r.ev_class, r.oid from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
     where r.ev_class not in (select oid from own)
       and (d.refclassid = 'pg_class'::regclass and d.refobjid in (select oid from own)
         or d.refclassid = 'pg_proc'::regclass and d.refobjid in (select p.oid from pg_proc p where p.pronamespace in (select oid from space)))
  ),
  object(kind, name, definition) as (
    select 'operator' || place, o.oid::regoperator::text,
           format('owner %s, function %s, gives %s, commutator %s, negator %s, restrict %s, join %s, merges %s, hashes %s', pg_get_userbyid(o.oprowner), o.oprcode,
             o.oprresult::regtype, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash)
      from path join pg_operator o on o.oprnamespace = path.space and o.oid >= path.since
    union all
    select 'operator class' || place, format('%s.%I for %s using %s', o.opcnamespace::regnamespace, o.opcname, o.opcintype::regtype, a.amname),
           format('owner %s, family %I, key %s, default %s', pg_get_userbyid(o.opcowner), f.opfname, o.opckeytype::regtype, o.opcdefault)
      from path join pg_opclass o on o.opcnamespace = path.space and o.oid >= path.since
      join pg_opfamily f on f.oid = o.opcfamily join pg_am a on a.oid = o.opcmethod
    union all
    select 'operator family' || place, format('%s.%I using %s', f.opfnamespace::regnamespace, f.opfname, a.amname),
           format('owner %s, operators %s, functions %s', pg_get_userbyid(f.opfowner),
             (select string_agg(format('%s %s', o.amopstrategy, o.amopopr::regoperator), ', ' order by o.amopstrategy, o.amopopr::regoperator::text) from pg_amop o where o.amopfamily = f.oid),
             (select string_agg(format('%s %s', r.amprocnum, r.amproc::regprocedure), ', ' order by r.amprocnum, r.amproc::regprocedure::text) from pg_amproc r where r.amprocfamily = f.oid))
      from path join pg_opfamily f on f.opfnamespace = path.space and f.oid >= path.since join pg_am a on a.oid = f.opfmethod
    union all
    select 'aggregate' || place, p.oid::regprocedure::text,
           format('owner %s, transition %s, final %s, combine %s, state %s, initially %s', pg_get_userbyid(p.proowner), g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggtranstype::regtype, g.agginitval)
      from path join pg_proc p on p.pronamespace = path.space and p.oid >= path.since join pg_aggregate g on g.aggfnoid = p.oid
    union all
    select 'window function', p.oid::regprocedure::text, pg_get_functiondef(p.oid)
      from space join pg_proc p on p.pronamespace = space.oid where p.prokind = 'w'
    union all
    select 'collation' || place, c.oid::regcollation::text, format('owner %s, provider %s, encoding %s, deterministic %s', pg_get_userbyid(c.collowner), c.collprovider, c.collencoding, c.collisdeterministic)
      from path join pg_collation c on c.collnamespace = path.space and c.oid >= path.since
    union all
    select 'conversion' || place, format('%s.%I', c.connamespace::regnamespace, c.conname),
           format('owner %s, from %s to %s, by %s, default %s', pg_get_userbyid(c.conowner), pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc, c.condefault)
      from path join pg_conversion c on c.connamespace = path.space and c.oid >= path.since
    union all
    select 'text search configuration' || place, c.oid::regconfig::text,
           format('owner %s, %s', pg_get_userbyid(c.cfgowner),
             (select string_agg(format('%s %s', m.maptokentype, m.mapdict::regdictionary), ', ' order by m.maptokentype, m.mapseqno) from pg_ts_config_map m where m.mapcfg = c.oid))
      from path join pg_ts_config c on c.cfgnamespace = path.space and c.oid >= path.since
    union all
    select 'text search dictionary' || place, d.oid::regdictionary::text, format('owner %s, options %s', pg_get_userbyid(d.dictowner), d.dictinitoption)
      from path join pg_ts_dict d on d.dictnamespace = path.space and d.oid >= path.since
    union all
    select 'text search parser' || place, format('%s.%I', p.prsnamespace::regnamespace, p.prsname), p.prstoken::text
      from path join pg_ts_parser p on p.prsnamespace = path.space and p.oid >= path.since
    union all
    select 'text search template' || place, format('%s.%I', t.tmplnamespace::regnamespace, t.tmplname), t.tmpllexize::text
      from path join pg_ts_template t on t.tmplnamespace = path.space and t.oid >= path.since
    union all
    select 'statistics', format('%s.%I', e.stxnamespace::regnamespace, e.stxname), pg_get_statisticsobjdef(e.oid)
      from pg_statistic_ext e where e.stxnamespace in (select oid from space) or e.stxrelid in (select oid from own)
    union all
    -- Enums, domains and ranges of schema dot stand in snapshot.sql; the type of a row goes with its relation, an array with its element.
    select 'type' || case when place <> '' then place when t.typnamespace::regnamespace::text <> 'dot' then ' elsewhere' else '' end, t.oid::regtype::text,
           format('owner %s, %s, input %s, output %s, of %s', pg_get_userbyid(t.typowner), t.typtype, t.typinput, t.typoutput,
             coalesce((select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum) from pg_attribute a where a.attrelid = t.typrelid), format_type(nullif(t.typbasetype, 0), t.typtypmod), '-'))
      from path join pg_type t on t.typnamespace = path.space and t.oid >= path.since
     where (place <> '' or t.typnamespace::regnamespace::text <> 'dot' or t.typtype not in ('e', 'd', 'r'))
       and (t.typrelid = 0 or exists (select 1 from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
       and not exists (select 1 from pg_type e where e.typarray = t.oid) and t.typtype <> 'm'
    union all
    select 'domain constraint', format('%s.%I', t.oid::regtype, c.conname), pg_get_constraintdef(c.oid)
      from pg_constraint c join pg_type t on t.oid = c.contypid and t.typnamespace in (select oid from space)
    union all
    select 'foreign table', c.oid::regclass::text, format('owner %s, server %s, options %s', pg_get_userbyid(c.relowner), s.srvname, f.ftoptions)
      from own c join pg_foreign_table f on f.ftrelid = c.oid join pg_foreign_server s on s.oid = f.ftserver
    union all
    select 'access method', c.oid::regclass::text, a.amname from own c join pg_am a on a.oid = c.relam where c.relkind in ('r', 'p', 'm') and a.amname <> 'heap'
    union all
    -- Parts of one table in schema dot come and go by housekeeping; only what no housekeeping does to them is told.
    select 'inheritance', format('%s of %s', i.inhrelid::regclass, i.inhparent::regclass), format('partition %s, owner %s', c.relispartition, pg_get_userbyid(c.relowner))
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where c.relkind in ('r', 'p', 'f') and (c.oid in (select oid from own) or p.oid in (select oid from own))
       and not (c.relispartition and c.relkind in ('r', 'p') and c.relnamespace = p.relnamespace and c.relowner = p.relowner)
    union all
    select 'partition trigger', format('%s.%I', part.oid::regclass, t.tgname), format('%s, enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
      from part join pg_trigger t on t.tgrelid = part.oid and (not t.tgisinternal or t.tgparentid <> 0) left join pg_trigger above on above.oid = t.tgparentid
     where t.tgenabled is distinct from above.tgenabled
    union all
    select 'partition trigger', format('%s.%I', part.oid::regclass, above.tgname), 'its table has it, and it does not'
      from part join pg_trigger above on above.tgrelid = part.inhparent and not above.tgisinternal and above.tgtype & 1 = 1
     where not exists (select 1 from pg_trigger t where t.tgrelid = part.oid and t.tgparentid = above.oid)
    union all
    select 'partition rule', format('%s.%I', part.oid::regclass, r.rulename), format('%s, enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
      from part join pg_rewrite r on r.ev_class = part.oid
    union all
    select 'partition policy', format('%s.%I', part.oid::regclass, p.polname), format('%s %s %s %s', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      from part join pg_policy p on p.polrelid = part.oid
    union all
    select 'partition constraint', format('%s.%I', part.oid::regclass, c.conname), pg_get_constraintdef(c.oid)
      from part join pg_constraint c on c.conrelid = part.oid and c.contype = 'c' and c.coninhcount = 0
    union all
    select 'partition grants', part.oid::regclass::text, string_agg(format('%s to %s', x.privilege_type, case x.grantee when 0 then 'everyone' else pg_get_userbyid(x.grantee) end), ', ' order by x.grantee, x.privilege_type)
      from part cross join aclexplode(part.relacl) x where x.grantee <> part.relowner
     group by part.oid
    union all
    select 'partition grants', format('column %s.%I', part.oid::regclass, a.attname), a.attacl::text
      from part join pg_attribute a on a.attrelid = part.oid and a.attacl is not null and not a.attisdropped
    union all
    -- Its expressions run with the rights of the table's owner, for whoever writes. Those of its table are parts of that one's.
    select 'partition index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
      from part join pg_index i on i.indrelid = part.oid
     where not exists (select 1 from pg_inherits h where h.inhrelid = i.indexrelid)
    union all
    select 'partition default', format('%s.%I', part.oid::regclass, a.attname), pg_get_expr(d.adbin, d.adrelid)
      from part join pg_attrdef d on d.adrelid = part.oid join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
      left join pg_attribute above on above.attrelid = part.inhparent and above.attname = a.attname
      left join pg_attrdef o on o.adrelid = part.inhparent and o.adnum = above.attnum
     where pg_get_expr(d.adbin, d.adrelid) is distinct from pg_get_expr(o.adbin, o.adrelid)
    union all
    select 'settings', 'everyone in every database', (select string_agg(c, ', ' order by c) from unnest(s.setconfig) c)
      from pg_db_role_setting s where s.setdatabase = 0 and s.setrole = 0
    union all
    select 'reference not enforced', format('%s.%I', t.tgrelid::regclass, c.conname), string_agg(format('%s, enabled %s', t.tgfoid::regproc, t.tgenabled), ', ' order by t.tgfoid::regproc::text)
      from own join pg_trigger t on t.tgrelid = own.oid and t.tgisinternal and t.tgenabled <> 'O' join pg_constraint c on c.oid = t.tgconstraint and c.contype = 'f'
     group by t.tgrelid, c.conname
    union all
    select 'cast elsewhere', format('%s as %s', c.castsource::regtype, c.casttarget::regtype), format('by %s, context %s, method %s', c.castfunc::regprocedure, c.castcontext, c.castmethod)
      from pg_cast c join pg_type f on f.oid = c.castsource join pg_type t on t.oid = c.casttarget
     where c.oid >= 16384 and f.typnamespace in (select space from path) and t.typnamespace in (select space from path)
    union all
    select 'relation elsewhere', c.oid::regclass::text,
           format('owner %s, kind %s, grants %s%s', pg_get_userbyid(c.relowner), c.relkind, coalesce(c.relacl::text, '-'), case when c.relkind in ('v', 'm') then ', as ' || pg_get_viewdef(c.oid) else '' end)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^pg_(temp|toast)' and n.oid not in (select oid from space)
     where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.oid >= 16384
       and (c.relowner = to_regrole('dot_owner') or n.oid in (select space from path)
         or c.relkind in ('v', 'm') and c.relowner in (select role from mighty) and c.oid in (select seen from reading))
    union all
    select 'rule elsewhere', format('%s.%I', c.oid::regclass, r.rulename), format('%s, enabled %s', pg_get_ruledef(r.oid), r.ev_enabled)
      from reading join pg_class c on c.oid = reading.seen join pg_rewrite r on r.oid = reading.rule and r.rulename <> '_RETURN'
    union all
    select 'constraint elsewhere', format('%s.%I', c.conrelid::regclass, c.conname), pg_get_constraintdef(c.oid)
      from pg_constraint c where c.contype = 'f' and c.confrelid in (select oid from own) and c.conrelid not in (select oid from own)
    union all
    select 'role', rolname::text,
           format('superuser %s, inherits %s, creates roles %s, creates databases %s, logs in %s, replicates %s, bypasses row security %s', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls)
      from pg_roles where oid in (select role from platform)
    union all
    -- Whose rights reach every table past the commands, but for superusers.
    select 'membership', format('%s in %s', m.oid::regrole, t.role), format('usage %s', pg_has_role(m.oid, t.role::regrole, 'usage'))
      from pg_roles m
     cross join (select rolname::text as role from pg_roles where rolname in ('dot_owner', 'pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')) t
     where not m.rolsuper and m.oid >= 16384 and m.oid not in (select role from platform) and pg_has_role(m.oid, t.role::regrole, 'member')
    union all
    select 'subscription', s.subname::text, format('owner %s, enabled %s, publications %s', pg_get_userbyid(s.subowner), s.subenabled, s.subpublications)
      from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())
       and exists (select 1 from pg_subscription_rel r where r.srsubid = s.oid and r.srrelid in (select oid from own))
    union all
    select 'language', l.lanname::text, format('handler %s, inline %s, validator %s, trusted %s', l.lanplcallfoid::regproc, l.laninline::regproc, l.lanvalidator::regproc, l.lanpltrusted)
      from pg_language l where l.lanname in ('internal', 'c', 'sql', 'plpgsql')
    union all
    select 'extension', e.extname::text, format('in schema %s', e.extnamespace::regnamespace) from pg_extension e where e.extnamespace in (select space from path)
  )
select coalesce(jsonb_object_agg(kind || ' ' || name, definition), '{}')::text from object
