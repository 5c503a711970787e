do $$
declare
  v_adapter dot.external_tool_registry;
  v_columns jsonb := '{"workflow_id": "id", "name": null, "version": null, "owner_role": null, "trigger_config": null, "iu_unit_id": null, "iu_pin_policy": null, "created_at": null}';
begin
  v_adapter := jsonb_populate_record(null::dot.external_tool_registry,
    jsonb_build_object('tool_code', 'x', 'tool_kind', 'shape_adapter', 'registry_code', 'workflows', 'schema_name', 'old', 'table_name', 'flows', 'columns', v_columns));
  assert dot.fn_registry_adapter_problem(v_adapter) = 'there is no table old.flows';
  create schema old;
  create view old.flows as select null::uuid as id, 'x' as code, 'x' as status;
  assert dot.fn_registry_adapter_problem(v_adapter) = 'there is no table old.flows', 'a view runs what its owner wrote';
  drop view old.flows;
  create table old.flows (id uuid, code varchar(9), status int);
  assert dot.fn_registry_adapter_problem(v_adapter) like 'dot_owner may not read%';
  grant usage on schema old to dot_owner;
  grant select on old.flows to dot_owner;
  assert dot.fn_registry_adapter_problem(v_adapter) = 'column status is integer, which does not become the text that status is', dot.fn_registry_adapter_problem(v_adapter);
  -- A cast of one's own would be code of one's own.
  create function old.spy(int) returns text language sql as 'select ''x''::text';
  create cast (int as text) with function old.spy(int) as implicit;
  assert dot.fn_registry_adapter_problem(v_adapter) like 'column status is integer%';
  alter table old.flows alter column status type text;
  assert dot.fn_registry_adapter_problem(v_adapter) like 'column id of old.flows is not unique and never null%', 'two rows of one key';
  alter table old.flows add primary key (id);
  assert dot.fn_registry_adapter_problem(v_adapter) is null, dot.fn_registry_adapter_problem(v_adapter);
  v_adapter.columns := v_columns || '{"nobody": "code"}';
  assert dot.fn_registry_adapter_problem(v_adapter) = 'registry workflows expects no column nobody';
  v_adapter.registry_code := 'none';
  assert dot.fn_registry_adapter_problem(v_adapter) = 'there is no registry none';
end
$$;
