-- squawk-ignore-file ban-drop-table, ban-drop-column, ban-drop-function, renaming-column, renaming-table
set local role dot_owner;
drop schema dot_adapted cascade;
drop function if exists dot.fn_registry_survey(text, text);
drop function if exists dot.fn_registry_shape(regclass, text, jsonb);
drop function if exists dot.fn_registry_adapter_problem(dot.external_tool_registry);
drop function if exists dot.fn_registry_adapt() cascade;
alter table dot.external_tool_registry drop column schema_name, drop column table_name, drop column view_digest;
comment on table dot.external_tool_registry is
  'Tools outside the platform. A shape_adapter says for one registry which column of its table stands for an expected one: columns is {expected: found}. Entries come from approved proposals only.';
drop view dot.dot_iu_command_run, dot.dot_iu_command_catalog, dot.dlq_replay_request;
alter table dot.dlq_replay rename to dlq_replay_request;
alter table dot.iu_sql_event_route drop column target_event_domain;
alter table dot.event_subscription drop column delivery_kind;
alter table dot.event_type_registry drop column aliases;
alter table dot.schema_change_policy drop column from_schema_version, drop column migration_plan_text, drop column approval_id;
alter table dot.schema_change_policy rename column dual_write_window to dual_write;
alter table dot.schema_change_policy rename column to_schema_version to to_version;
alter table dot.schema_change_policy rename column schema_change_policy_id to policy_code;
comment on table dot.schema_change_policy is
  'Breaking changes that were approved: the one version of the one event type, how long before cutover_at producers write the old and the new version both, and when readers of the old one stop. Entries come from approved proposals of kind registry_entry only.';
alter table dot.idempotency_registry rename column idempotency_key to key;
alter table dot.idempotency_registry rename column idempotency_namespace to namespace;
alter table dot.executor_class_registry
  drop column worker_endpoint_pattern, drop column concurrency_default, drop column retry_default, drop column owner_role;
alter table dot.executor_class_registry rename column description to summary;
alter table dot.executor_class_registry rename column class_code to executor_class;
comment on table dot.executor_class_registry is
  'Who carries out jobs. is_leased: a worker claims the job and keeps its lease by calling heartbeat_caller_fn; else the job is done within one transaction (sql) or by a person (human).';
alter table dot.registry_catalog drop column kind;
reset role;
