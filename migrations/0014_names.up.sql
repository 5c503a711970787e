-- Nothing here waits: these tables are small, and a migration is one transaction.
-- squawk-ignore-file ban-drop-function, renaming-column, renaming-table, adding-field-with-default, adding-not-nullable-field, constraint-missing-not-valid, disallowed-unique-constraint, adding-foreign-key-constraint, require-concurrent-index-creation
-- What users call things: columns and views under the names that their documents and agents use, and relations of other
-- schemas read through views of their own.
create schema dot_adapted authorization dot_owner;
set local role dot_owner;

-- A relation that users rely on by name and that is no registry is declared and surveyed like one.
alter table dot.registry_catalog add column kind text not null default 'registry' check (kind in ('registry', 'relation'));

alter table dot.executor_class_registry rename column executor_class to class_code;
alter table dot.executor_class_registry rename column summary to description;
alter table dot.executor_class_registry
  add column worker_endpoint_pattern text,
  add column concurrency_default     smallint check (concurrency_default between 1 and 1000),
  add column retry_default           text references dot.retry_policy_registry,
  add column owner_role              text not null default 'dot_operator' check (owner_role <> '');
comment on table dot.executor_class_registry is
  'Who carries out jobs. is_leased: a worker claims the job and keeps its lease by calling heartbeat_caller_fn; else the job is done within one transaction (sql) or by a person (human). retry_default: the retry policy of kinds of jobs that name none. For who runs workers: concurrency_default, how many jobs of the class one worker should carry out at once, and worker_endpoint_pattern, where workers of the class are reached; null where nothing is said. owner_role: whose the class is.';

alter table dot.idempotency_registry rename column namespace to idempotency_namespace;
alter table dot.idempotency_registry rename column key to idempotency_key;

alter table dot.schema_change_policy rename column policy_code to schema_change_policy_id;
alter table dot.schema_change_policy rename column to_version to to_schema_version;
alter table dot.schema_change_policy rename column dual_write to dual_write_window;
alter table dot.schema_change_policy
  add column from_schema_version text check (from_schema_version ~ '^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$'),
  add column migration_plan_text text check (migration_plan_text <> ''),
  add column approval_id         uuid,
  add constraint what_is_approved_says_how check (approval_id is null or (from_schema_version is not null and migration_plan_text is not null));
comment on table dot.schema_change_policy is
  'Breaking changes that were approved: from which version of the one event type to which, how long before cutover_at producers write both, when readers of the old one stop, and how producers and readers get there (migration_plan_text). Entries come from approved proposals of kind registry_entry only; approval_id is what was approved. Those from before have none, and no version that they start from.';

alter table dot.event_type_registry add column aliases text[] not null default '{}';
comment on column dot.event_type_registry.aliases is
  'Other names of the event type, which subscriptions, routes and lists take for it. Those of its newest version count.';

-- Names beside those that the platform has grown.
alter table dot.event_subscription add column delivery_kind text not null
  generated always as (case deliver when 'topic' then 'realtime_topic' when 'function' then 'cursor' else deliver end) stored;
alter table dot.iu_sql_event_route add column target_event_domain text generated always as (split_part(event_type, '.', 1)) stored;
comment on column dot.event_subscription.delivery_kind is 'deliver under the names that users have for it: cursor, job, realtime_topic, bridge.';

alter table dot.dlq_replay_request rename to dlq_replay;
create view dot.dlq_replay_request as
  select r.request_id, i.dead_letter_id as job_dead_letter_id, r.needs_approval, r.proposal_id, p.approval_id, p.proposal_state, 'dlq.replay'::text as idempotency_namespace,
         r.request_id || ':' || i.dead_letter_id as idempotency_key, r.state, i.state as item_state, i.reason, i.job_id, r.requested_by, r.requested_at, r.finished_at
    from dot.dlq_replay r join dot.dlq_replay_item i using (request_id) left join dot.proposal p using (proposal_id);
comment on view dot.dlq_replay_request is
  'Which dead letters were asked to be replayed, a row each: the request, the approval it needs (none where it needs none), and the idempotency key that its job has, which is another than that of the job that died.';

create view dot.dot_iu_command_catalog as select c.*, c.command_code as dot_code from dot.dot_command_catalog c;
comment on view dot.dot_iu_command_catalog is 'The catalogue of commands.';
create view dot.dot_iu_command_run as select r.*, c.mutating from dot.dot_command_run r left join dot.dot_command_catalog c using (command_code);
comment on view dot.dot_iu_command_run is 'The runs of commands; mutating as the catalogue has it now.';

-- What another table holds for a registry or relation, under the names that are expected of it.
alter table dot.external_tool_registry
  add column schema_name text,
  add column table_name  text,
  add column view_digest text,
  add constraint an_adapted_table_has_its_schema check ((schema_name is null) = (table_name is null)),
  add constraint only_an_adapter_has_a_table check (table_name is null or tool_kind = 'shape_adapter');
comment on table dot.external_tool_registry is
  'Tools outside the platform. A shape_adapter says for one registry which column stands for an expected one: columns is {expected: found}, null for one that there is none for. With schema_name and table_name it adapts another table, which a view in schema dot_adapted then shows under the name of the registry''s table (view_digest: sha-256, hex, of its definition); without, it adapts the registry''s own. Entries come from approved proposals only.';
create unique index external_tool_registry_adapted on dot.external_tool_registry (registry_code) where table_name is not null and status <> 'archived';
drop function if exists dot.fn_registry_survey(text);
drop function if exists dot.fn_registry_shape(text, text, jsonb);
comment on schema dot_adapted is 'Views of tables of other schemas, as approved shape adapters make them: fn_registry_adapt.';
reset role;
