create or replace function dot.fn_command_code_digest(p_functions text[]) returns text
language sql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off set standard_conforming_strings = on
as $$
  with recursive called as (
    select p.oid, p.pronamespace, p.prosrc
      from unnest(p_functions) f(name)
      join pg_namespace n on n.nspname = case when f.name like '%.%' then split_part(f.name, '.', 1) else 'dot' end
      join pg_proc p on p.pronamespace = n.oid and p.proname = case when f.name like '%.%' then split_part(f.name, '.', 2) else f.name end
    union
    -- Functions of dot are told by their names; those of a team may be called anything.
    select p.oid, p.pronamespace, p.prosrc
      from called c
     cross join lateral (
       select distinct m[1] as name
         from regexp_matches(c.prosrc, case when c.pronamespace = 'dot'::regnamespace then '\m(fn_[a-z0-9_]+)' else '\m([a-z_][a-z0-9_]*)' end, 'g') m) n
      join pg_proc p on p.proname = n.name and p.pronamespace in ('dot'::regnamespace, c.pronamespace)
  ),
  -- And the views that they read, with those that such a view reads.
  seen as (
    select v.oid
      from pg_class v
     where v.relnamespace = 'dot'::regnamespace and v.relkind in ('v', 'm')
       and exists (select 1 from called c where strpos(c.prosrc, v.relname) > 0 and c.prosrc ~ ('\m' || v.relname || '\M'))
    union
    select u.oid
      from seen s
      join pg_rewrite w on w.ev_class = s.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
      join pg_class u on u.oid = d.refobjid and u.relkind in ('v', 'm')
  )
  select encode(sha256(convert_to(coalesce(string_agg(d.text, ',' order by d.name collate "C"), ''), 'UTF8')), 'hex')
    from (
      select c.oid::regprocedure::text as name, md5(pg_get_functiondef(c.oid)) || p.proowner::regrole::text as text from called c join pg_proc p on p.oid = c.oid
      union all
      select v.oid::regclass::text, md5(pg_get_viewdef(v.oid)) || v.relowner::regrole::text from seen s join pg_class v on v.oid = s.oid) d
$$;
comment on function dot.fn_command_code_digest(text[]) is
  'The sha-256 over the definitions and owners of these functions (of dot, or schema.name), of all that their bodies name, near and far, in dot and in their own schema, and of the views of dot that any of those name, with the views that those read: what an approval is bound to beside payload and base.';
