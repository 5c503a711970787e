create or replace function dot.fn_registry_guards(p_registry dot.registry_catalog)
returns table (relation regclass, name text, function_name text, arguments text[], is_there boolean)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select c.oid::regclass, g.name, g.function_name, g.arguments,
         exists (
           select 1 from pg_trigger t
            where t.tgrelid = c.oid and t.tgname = g.name and t.tgfoid = to_regproc('dot.' || g.function_name) and t.tgenabled = 'A' and t.tgtype = g.type
              and t.tgqual is null and t.tgattr = ''::int2vector
              and t.tgargs = (select string_agg(convert_to(a, 'UTF8') || '\x00'::bytea, ''::bytea order by n) from unnest(g.arguments) with ordinality x(a, n)))
    from pg_class c
    cross join lateral (
      -- Before a row is written or changed, and after a row is written, changed or deleted.
      select 'birth' as name, 'fn_registry_birth' as function_name, array[p_registry.registry_code, p_registry.key_column] as arguments, 23 as type
       where p_registry.key_column is not null
      union all
      select 'record', 'fn_registry_record', p_registry.registry_code || coalesce(nullif(p_registry.identity, '{}'), array[p_registry.key_column]), 29) g
   where c.oid = to_regclass('dot.' || quote_ident(p_registry.table_name)) and c.relkind in ('r', 'p') and p_registry.phase = 'live' and p_registry.kind = 'registry'
$$;
comment on function dot.fn_registry_guards(dot.registry_catalog) is
  'The triggers that the table of a living registry must have, firing always: birth, where its key is one column, and record. is_there: whether it has them so.';
