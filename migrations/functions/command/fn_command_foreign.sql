create or replace function dot.fn_command_foreign(p_relation oid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive
  column_type as (
    select a.atttypid as oid from pg_attribute a where a.attrelid = p_relation and not a.attisdropped and a.attnum > 0
    union
    -- Elements, bases of domains, subtypes of ranges, and the columns of row types.
    select x.oid
      from column_type c
      join pg_type t on t.oid = c.oid
     cross join lateral (
       select t.typelem as oid where t.typelem <> 0
       union all select t.typbasetype where t.typbasetype <> 0
       union all select r.rngsubtype from pg_range r where r.rngtypid = t.oid
       union all select a.atttypid from pg_attribute a where a.attrelid = t.typrelid and t.typrelid <> 0 and not a.attisdropped and a.attnum > 0) x
  ),
  -- What belongs to the relation and holds expressions, or names functions.
  part as (
    select 'pg_class'::regclass as classid, p_relation as objid
    union all select 'pg_class'::regclass, i.indexrelid from pg_index i where i.indrelid = p_relation
    union all select 'pg_attrdef'::regclass, d.oid from pg_attrdef d where d.adrelid = p_relation
    union all select 'pg_constraint'::regclass, c.oid from pg_constraint c where c.conrelid = p_relation or c.contypid in (select oid from column_type)
    union all select 'pg_rewrite'::regclass, w.oid from pg_rewrite w where w.ev_class = p_relation
    union all select 'pg_policy'::regclass, y.oid from pg_policy y where y.polrelid = p_relation
    union all select 'pg_trigger'::regclass, g.oid from pg_trigger g where g.tgrelid = p_relation
  ),
  used as (
    select distinct d.refclassid, d.refobjid from part p join pg_depend d on d.classid = p.classid and d.objid = p.objid and d.refobjid >= 16384
  )
  select coalesce(
    (select case when c.relpersistence = 't' then 'it is a temporary table'
               when not dot.fn_owner_trusted(c.relowner) then format('its owner is %s', c.relowner::regrole) end
       from pg_class c where c.oid = p_relation),
    (select format('type %s is owned by %s', format_type(t.oid, null), t.typowner::regrole) from pg_type t
      where t.oid in (select oid from column_type) and t.oid >= 16384 and not dot.fn_owner_trusted(t.typowner) limit 1),
    (select format('function %s is owned by %s', f.oid::regprocedure, f.proowner::regrole) from pg_proc f
      where (f.oid in (select refobjid from used where refclassid = 'pg_proc'::regclass) or f.oid in (select g.tgfoid from pg_trigger g where g.tgrelid = p_relation))
        and f.oid >= 16384 and not dot.fn_owner_trusted(f.proowner) limit 1),
    (select format('operator %s is owned by %s', o.oid::regoperator, o.oprowner::regrole) from pg_operator o
      where o.oid in (select refobjid from used where refclassid = 'pg_operator'::regclass) and not dot.fn_owner_trusted(o.oprowner) limit 1),
    (select format('it reads %s, whose owner is %s', r.oid::regclass, r.relowner::regrole) from pg_class r
      where r.oid in (select refobjid from used where refclassid = 'pg_class'::regclass) and r.oid <> p_relation
        and not dot.fn_owner_trusted(r.relowner) limit 1),
    case when not exists (select 1 from pg_class where oid = p_relation) then 'there is no such relation' end)
$$;
comment on function dot.fn_command_foreign(oid) is
  'What of a relation is not to be evaluated with the rights of dot_owner, in words, or null: it is temporary, or it, a type of its columns, or a function, operator or relation that its rules, policies, triggers, constraints, defaults and indexes use is owned by someone without those rights.';
