-- Renamed, cast, missing and plain columns; what was kept of it is in the words of another server.
create schema "Old";
create table "Old".flows ("Id" uuid primary key, code varchar(9), status text);
grant usage on schema "Old" to dot_owner;
grant select on "Old".flows to dot_owner;
do $$
declare
  v_columns jsonb := '{"workflow_id": "Id", "name": null, "version": null, "owner_role": null, "trigger_config": null, "iu_unit_id": null, "iu_pin_policy": null, "created_at": null}';
begin
  -- The gate of births is another test's.
  alter table dot.external_tool_registry disable trigger birth;
  insert into dot.external_tool_registry (tool_code, tool_kind, registry_code, schema_name, table_name, columns, status, summary, owner)
  values ('x', 'shape_adapter', 'workflows', 'Old', 'flows', v_columns, 'active', 'x', 'x');
  assert not exists (select 1 from dot.fn_audit_finds_adapted_view());
  alter table dot.external_tool_registry disable trigger all;
  update dot.external_tool_registry set view_digest = 'of another server';
  perform test.equal((select string_agg(object || ': ' || detail, '; ') from dot.fn_audit_finds_adapted_view()), null::text);
  create or replace view dot_adapted.workflow_registry as
    select t.code::text as code, null::timestamptz as created_at, null::text as iu_pin_policy, null::uuid as iu_unit_id, null::text as name, null::text as owner_role,
           t.code::text as status, null::jsonb as trigger_config, null::integer as version, t."Id" as workflow_id from "Old".flows t;
  perform test.equal((select object || ': ' || detail from dot.fn_audit_finds_adapted_view()), 'dot_adapted.workflow_registry: it is not what shape adapter x made');
end
$$;
