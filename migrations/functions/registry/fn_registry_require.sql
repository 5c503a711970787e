create or replace function dot.fn_registry_require(p_registry text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
declare
  v_registry    dot.registry_catalog;
  v_differences jsonb;
  v_adapter     dot.external_tool_registry;
  v_problem     text;
begin
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no registry %s', p_registry), hint = 'dot registry list';
  end if;
  perform dot.fn_registry_used('registries', p_registry);
  v_differences := dot.fn_registry_shape(to_regclass('dot.' || quote_ident(v_registry.table_name)), v_registry.key_column, v_registry.columns);
  if v_differences = '[]' then
    return jsonb_build_object('columns', '{}'::jsonb, 'relation', format('dot.%I', v_registry.table_name));
  end if;
  select * into v_adapter from dot.external_tool_registry t
   where t.tool_kind = 'shape_adapter' and t.registry_code = p_registry and t.table_name is null and t.status <> 'archived'
   order by t.status, t.registered_at desc limit 1;
  -- An adapter serves when each expected column that differs has a column in its place, of the expected type.
  if found and v_differences is not null and not exists (
    select 1 from jsonb_array_elements(v_differences) d
     where not exists (
       select 1 from pg_attribute a
        where a.attrelid = to_regclass('dot.' || quote_ident(v_registry.table_name)) and a.attnum > 0 and not a.attisdropped
          and a.attname = v_adapter.columns ->> (d ->> 'column') and format_type(a.atttypid, a.atttypmod) = d ->> 'expected'))
  then
    perform dot.fn_registry_used('external-tools', v_adapter.tool_code);
    return jsonb_build_object('columns', v_adapter.columns, 'adapter', v_adapter.tool_code, 'relation', format('dot.%I', v_registry.table_name));
  end if;
  -- Another table in its place, which the platform reads and never writes; what has become of it since is looked at anew.
  select * into v_adapter from dot.external_tool_registry t where t.registry_code = p_registry and t.table_name is not null and t.status <> 'archived';
  if found then
    v_problem := coalesce(dot.fn_registry_adapter_problem(v_adapter),
      (select f.detail from dot.fn_audit_finds_adapted_view() f where f.object = 'dot_adapted.' || v_registry.table_name));
    if v_problem is null then
      perform dot.fn_registry_used('external-tools', v_adapter.tool_code);
      return jsonb_build_object('columns', '{}'::jsonb, 'adapter', v_adapter.tool_code, 'relation', format('dot_adapted.%I', v_registry.table_name), 'read_only', true);
    end if;
  end if;
  return dot.fn_command_refusal('DT409', 'registry_not_verified',
    format('registry %s is %s', p_registry, case when v_problem is not null then format('shown by shape adapter %s, which does not serve: %s', v_adapter.tool_code, v_problem)
      when v_differences is null then 'absent' else 'not as expected' end),
    format('dot registry survey %s says how; an approved shape adapter lets it be used: dot registry propose external-tools …', p_registry),
    jsonb_build_object('registry', p_registry, 'differences', v_differences));
end
$$;
comment on function dot.fn_registry_require(text) is
  'For code that needs a registry: {columns: {expected: found}, relation: where it is read, adapter, read_only} when it is as expected (no columns), or an approved shape adapter makes up for every difference or shows another table in its place (read_only); else a refusal (DT409 registry_not_verified). DT404 for an unknown registry.';
