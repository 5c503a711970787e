create or replace function dot.fn_audit_finds_adapted_view()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
  with made as (
    select r.table_name as name, t.tool_code, t.view_digest
      from dot.external_tool_registry t join dot.registry_catalog r using (registry_code)
     where t.table_name is not null and t.status <> 'archived'),
  there as (
    select c.relname as name, encode(sha256(convert_to(pg_get_viewdef(c.oid), 'UTF8')), 'hex') as digest, c.relowner = 'dot_owner'::regrole as ours
      from pg_class c where c.relnamespace = to_regnamespace('dot_adapted') and c.relkind = 'v'
    union all
    select c.relname, null, false from pg_class c where c.relnamespace = to_regnamespace('dot_adapted') and c.relkind in ('r', 'p', 'm', 'f'))
  select 'adapted_view_changed', 'dot_adapted.' || coalesce(m.name, t.name), null::uuid,
         case when t.name is null then format('the view that shape adapter %s made is gone', m.tool_code)
              when m.name is null then 'no shape adapter made it'
              else format('it is not what shape adapter %s made', m.tool_code) end
    from made m full join there t on t.name = m.name
   where m.name is null or t.name is null or t.digest is distinct from m.view_digest or not t.ours
   order by 2
$$;
comment on function dot.fn_audit_finds_adapted_view() is
  'adapted_view_changed: relations of schema dot_adapted that are not what an approved shape adapter made of them.';
