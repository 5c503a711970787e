create or replace function dot.fn_registry_adapter_problem(p_adapter dot.external_tool_registry) returns text
language plpgsql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
declare
  v_registry dot.registry_catalog;
  v_table    pg_class;
  v_problem  text;
begin
  select * into v_registry from dot.registry_catalog r where r.registry_code = (p_adapter).registry_code;
  if not found then
    return format('there is no registry %s', (p_adapter).registry_code);
  end if;
  select t.tool_code into v_problem from dot.external_tool_registry t
   where t.registry_code = v_registry.registry_code and t.table_name is not null and t.status <> 'archived' and t.tool_code is distinct from (p_adapter).tool_code;
  if found then
    return format('shape adapter %s shows another table for registry %s: archive it first', v_problem, v_registry.registry_code);
  end if;
  select c.* into v_table from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = (p_adapter).schema_name and c.relname = (p_adapter).table_name and c.relkind in ('r', 'p');
  if not found then
    return format('there is no table %I.%I', (p_adapter).schema_name, (p_adapter).table_name);
  end if;
  if v_table.relpersistence <> 'p' then
    return format('table %s is not permanent', v_table.oid::regclass);
  end if;
  -- Reading a table runs what its owner hangs on it, here with the rights of dot_owner.
  if not dot.fn_role_held(pg_get_userbyid(v_table.relowner), 'dot_owner') then
    return format('table %s belongs to %s, who could run code as dot_owner through it; copy it, or give it to a role that may act as dot_owner', v_table.oid::regclass, v_table.relowner::regrole);
  end if;
  if not has_schema_privilege('dot_owner', v_table.relnamespace, 'usage') or not has_table_privilege('dot_owner', v_table.oid, 'select') then
    return format('dot_owner may not read %s: grant usage on its schema and select on it', v_table.oid::regclass);
  end if;
  -- Each expected column: of the expected type, or of one that PostgreSQL itself makes that type of without being asked.
  select string_agg(case
           when a.attname is null then format('%s has no column %s for %s', v_table.oid::regclass, m.found, m.expected)
           else format('column %s is %s, which does not become the %s that %s is', m.found, format_type(a.atttypid, a.atttypmod), m.kind, m.expected) end, '; ' order by m.expected)
    into v_problem
    from (
      select c.key as expected, c.value as kind, coalesce((p_adapter).columns ->> c.key, c.key) as found
        from jsonb_each_text(v_registry.columns) c
       where (p_adapter).columns -> c.key is distinct from 'null') m
    left join pg_attribute a on a.attrelid = v_table.oid and a.attname = m.found and a.attnum > 0 and not a.attisdropped
   where a.attname is null
      or (a.atttypid <> m.kind::regtype and not exists (
            select 1 from pg_cast t
             where t.castsource = a.atttypid and t.casttarget = m.kind::regtype and t.castcontext = 'i'
               and (t.castfunc = 0 or exists (select 1 from pg_proc p where p.oid = t.castfunc and p.pronamespace = 'pg_catalog'::regnamespace))));
  if v_problem is null and exists (select 1 from jsonb_object_keys((p_adapter).columns) k where not v_registry.columns ? k) then
    v_problem := format('registry %s expects no column %s', v_registry.registry_code,
      (select string_agg(k, ', ' order by k) from jsonb_object_keys((p_adapter).columns) k where not v_registry.columns ? k));
  end if;
  if v_problem is null and v_registry.key_column is not null and not exists (
    select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = v_table.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indnkeyatts = 1 and a.attnotnull
       and a.attname = coalesce((p_adapter).columns ->> v_registry.key_column, v_registry.key_column))
  then
    v_problem := format('column %s of %s is not unique and never null, as the key %s must be', coalesce((p_adapter).columns ->> v_registry.key_column, v_registry.key_column),
      v_table.oid::regclass, v_registry.key_column);
  end if;
  return v_problem;
end
$$;
comment on function dot.fn_registry_adapter_problem(dot.external_tool_registry) is
  'Why a shape adapter cannot show its table as the one that a registry expects: there is no such permanent table, dot_owner may not read it, its owner is not trusted with the rights of dot_owner, another adapter shows its registry, the key is not unique, or a column cannot stand for the expected one. Null when it can.';
