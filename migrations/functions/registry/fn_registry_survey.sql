create or replace function dot.fn_registry_survey(p_registry text default null, p_schema text default 'dot')
returns table (registry text, kind text, state text, phase text, table_name text, row_count bigint, differences jsonb, adapter text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_entry    dot.registry_catalog;
  v_relation regclass;
begin
  if p_registry is not null and not exists (select 1 from dot.registry_catalog where registry_code = p_registry) then
    raise exception using errcode = 'DT404', message = format('there is no registry %s', p_registry), hint = 'dot registry survey lists them.';
  end if;
  if not exists (select 1 from pg_namespace n where n.nspname = p_schema) then
    raise exception using errcode = 'DT404', message = format('there is no schema %s in this database', coalesce(p_schema, 'NULL')), hint = 'Leave --schema out for the platform''s own.';
  end if;
  for v_entry in
    select * from dot.registry_catalog c where p_registry is null or c.registry_code = p_registry order by c.phase desc, c.registry_code
  loop
    registry := v_entry.registry_code;
    kind := v_entry.kind;
    phase := v_entry.phase;
    table_name := v_entry.table_name;
    v_relation := (
      select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = p_schema and c.relname = v_entry.table_name and c.relkind in ('r', 'p', 'v', 'm', 'f'));
    differences := dot.fn_registry_shape(v_relation, v_entry.key_column, v_entry.columns);
    row_count := null;
    state := case when differences = '[]' then 'verified_live' when differences is not null then 'shape_differs'
                  when v_entry.phase = 'candidate' and p_schema = 'dot' then 'candidate' else 'absent' end;
    if p_schema = 'dot' and v_entry.kind = 'registry' and v_relation is not null then
      execute format('select count(*) from %s', v_relation) into row_count;
    else
      -- Counting would run what others may have hung on their tables; this is what the planner knows.
      row_count := (select nullif(c.reltuples, -1)::bigint from pg_class c where c.oid = v_relation and c.relkind in ('r', 'p', 'm'));
    end if;
    adapter := (select t.tool_code from dot.external_tool_registry t
                 where t.registry_code = v_entry.registry_code and t.tool_kind = 'shape_adapter' and t.status <> 'archived'
                   and coalesce(t.schema_name, 'dot') = p_schema
                 order by t.status, t.registered_at desc limit 1);
    return next;
  end loop;
end
$$;
comment on function dot.fn_registry_survey(text, text) is
  'Holds the relations of a schema against what catalog/registries expects of them: state verified_live, shape_differs (with the differences), absent, or candidate (planned, and absent from the platform''s own schema). kind: registry, or relation for one that users rely on by name. row_count: counted for the platform''s registries, the planner''s estimate for others, null where it has none. adapter: the shape adapter that is approved for it. DT404 for a registry that is not declared and for an unknown schema.';
