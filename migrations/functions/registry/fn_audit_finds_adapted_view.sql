create or replace function dot.fn_audit_finds_adapted_view()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on set quote_all_identifiers = off
as $$
  with made as (
    select r.table_name as name, t.tool_code, t.view_digest, t.columns, t.schema_name as space, t.table_name as source, r.columns as wanted
      from dot.external_tool_registry t join dot.registry_catalog r using (registry_code)
     where t.table_name is not null and t.status <> 'archived'),
  -- What was asked for, in the words that a server has for it: from PostgreSQL 16 on, columns of one table go without its name.
  worded as (
    select m.name, q.before,
           format(' SELECT %s FROM %s%I t;', string_agg(
             case when m.columns -> c.key = 'null' then format('NULL::%s AS %I', format_type(c.value::regtype, null), c.key)
                  when a.atttypid <> c.value::regtype then format('(%s%I)::%s AS %I', q.before, a.attname, format_type(c.value::regtype, null), c.key)
                  when a.attname <> c.key then format('%s%I AS %I', q.before, a.attname, c.key)
                  else format('%s%I', q.before, a.attname) end, ', ' order by c.key),
             case when m.space <> 'dot' then format('%I.', m.space) end, m.source) as text
      from made m
     cross join (values ('t.'), ('')) q(before)
     cross join jsonb_each_text(m.wanted) c
      left join pg_attribute a on a.attrelid = to_regclass(format('%I.%I', m.space, m.source)) and a.attname = coalesce(m.columns ->> c.key, c.key) and a.attnum > 0
     group by m.name, m.space, m.source, q.before),
  there as (
    select c.relname as name, encode(sha256(convert_to(pg_get_viewdef(c.oid), 'UTF8')), 'hex') as digest, c.relowner = 'dot_owner'::regrole as ours,
           regexp_replace(pg_get_viewdef(c.oid), '\n *', ' ', 'g') as text
      from pg_class c where c.relnamespace = to_regnamespace('dot_adapted') and c.relkind = 'v'
    union all
    select c.relname, null, false, null from pg_class c where c.relnamespace = to_regnamespace('dot_adapted') and c.relkind in ('r', 'p', 'm', 'f'))
  select 'adapted_view_changed', 'dot_adapted.' || coalesce(m.name, t.name), null::uuid,
         case when t.name is null then format('the view that shape adapter %s made is gone', m.tool_code)
              when m.name is null then 'no shape adapter made it'
              else format('it is not what shape adapter %s made', m.tool_code) end
    from made m full join there t on t.name = m.name
   where m.name is null or t.name is null or not t.ours
      or t.digest is distinct from m.view_digest and not exists (select 1 from worded w where w.name = m.name and w.text = t.text)
   order by 2
$$;
comment on function dot.fn_audit_finds_adapted_view() is
  'adapted_view_changed: relations of schema dot_adapted that are not what an approved shape adapter made of them. Another major version of PostgreSQL writes the same view down otherwise after a restore, which is no change.';
