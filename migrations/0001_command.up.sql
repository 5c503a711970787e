-- The command substrate: roles, settings and gates, error codes, actors, the command catalogue, and the audit of runs.
-- Roles belong to the whole server, so another database may have made them already, or be making them right now.
do $$
declare
  v_role text;
begin
  foreach v_role in array array['dot_owner', 'dot_reader', 'dot_operator', 'dot_reviewer', 'dot_worker', 'dot_agent', 'dot_admin', 'dot_breakglass']
  loop
    if not exists (select 1 from pg_roles where rolname = v_role) then
      begin
        execute format('create role %I nologin', v_role);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
    if v_role not in ('dot_owner', 'dot_reader')
      and not exists (select 1 from pg_auth_members where member = to_regrole(v_role) and roleid = to_regrole('dot_reader'))
    then
      begin
        execute format('grant dot_reader to %I', v_role);
      exception when unique_violation then
        null;
      end;
    end if;
  end loop;
  -- Agents may run what operators may, within what policy lets an agent run; the role alone makes its login an agent.
  if not exists (select 1 from pg_auth_members where member = to_regrole('dot_agent') and roleid = to_regrole('dot_operator')) then
    begin
      grant dot_operator to dot_agent;
    exception when unique_violation then
      null;
    end;
  end if;
end
$$;

create schema dot authorization dot_owner;
comment on schema dot is 'The work platform governed by the dot command. Reached through catalogued functions only.';
grant usage on schema dot to dot_reader;
set local role dot_owner;

create table dot.dot_config (
  config_key    text primary key check (config_key ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$'),
  value_type    text not null check (value_type in ('bool', 'int', 'text')),
  value         jsonb not null,
  default_value jsonb not null,
  summary       text not null,
  owner         text not null,
  risk          text not null default 'low' check (risk in ('low', 'high', 'critical')),
  status        text not null default 'active' check (status in ('active', 'retired')),
  updated_at    timestamptz not null default clock_timestamp(),
  updated_by    text not null default session_user,
  constraint value_has_its_type check (
    case value_type
      when 'bool' then jsonb_typeof(value) = 'boolean'
      when 'int' then jsonb_typeof(value) = 'number'
      else jsonb_typeof(value) = 'string'
    end)
);
comment on table dot.dot_config is 'Gates (value_type bool: true is open) and settings. Changed only by fn_gate_set.';

create table dot.dot_config_history (
  history_id  bigint generated always as identity primary key,
  config_key  text not null references dot.dot_config,
  old_value   jsonb,
  new_value   jsonb not null,
  reason      text,
  run_id      uuid,
  changed_at  timestamptz not null default clock_timestamp(),
  changed_by  text not null
);
comment on table dot.dot_config_history is 'Every change of a gate or setting, with its reason and run.';
create index on dot.dot_config_history (config_key, history_id desc);

create table dot.dot_error (
  code      text primary key check (code ~ '^DT[0-9A-Z]{3}$'),
  kind      text not null,
  exit_code int not null,
  title     text not null,
  help      text not null
);
comment on table dot.dot_error is 'Every error code the platform may raise, as declared in catalog/errors.';

create table dot.dot_actor (
  actor_id    text primary key,
  actor_kind  text not null check (actor_kind in ('human', 'agent', 'ci', 'service')),
  login_name  text unique,
  principal   text references dot.dot_actor,
  status      text not null default 'active' check (status in ('active', 'disabled')),
  -- As the login was given them, so that a later change by hand is noticed.
  roles       text[] not null default '{}',
  added_by    text,
  run_id      uuid,
  created_at  timestamptz not null default clock_timestamp(),
  changed_at  timestamptz not null default clock_timestamp()
);
comment on table dot.dot_actor is 'Who a login is. A login without a row acts under its claimed name, unverified, while gate identity.accept_claims is open.';

create table dot.dot_command_catalog (
  command_code  text primary key,
  summary       text not null,
  pg_function   text,
  builtin       text,
  mutating      boolean not null,
  risk          text check (risk in ('low', 'high', 'critical')),
  gate          text,
  pair_command  text,
  inverse_command text,
  idempotency   text not null check (idempotency in ('key', 'natural', 'none')),
  roles         text[] not null,
  spec          jsonb not null,
  spec_digest   text not null,
  source        text not null check (source in ('binary', 'directory', 'database')),
  status        text not null default 'active' check (status in ('active', 'retired')),
  synced_at     timestamptz not null default clock_timestamp(),
  check ((pg_function is null) <> (builtin is null)),
  check (not mutating or (risk is not null and pair_command is not null))
);
comment on table dot.dot_command_catalog is 'The commands that exist. spec is the whole command file as JSON; spec_digest is its sha-256, compared with the caller''s.';

create table dot.dot_command_run (
  run_id          uuid primary key,
  command_code    text not null,
  mode            text not null check (mode in ('run', 'dry_run', 'plan_apply', 'read', 'sql')),
  state           text not null check (state in ('started', 'succeeded', 'rehearsed', 'refused', 'failed', 'cancelled', 'abandoned')),
  risk            text,
  args            jsonb not null,
  args_digest     text not null,
  actor           text not null,
  actor_kind      text not null,
  actor_verified  boolean not null,
  principal       text,
  login           text not null default session_user,
  client          jsonb not null default '{}',
  reason          text,
  trace_id        text,
  span_id         text,
  correlation_id  text,
  idempotency_key text,
  plan_digest     text,
  plan            jsonb,
  undo_of         uuid,
  backend_pid     int not null default pg_backend_pid(),
  entered_xid     xid8,
  called          boolean not null default false,
  attempts        int not null default 0,
  started_at      timestamptz not null default clock_timestamp(),
  finished_at     timestamptz,
  outcome         jsonb,
  error           jsonb,
  effects         jsonb,
  pair            jsonb,
  check ((state = 'started') = (finished_at is null))
) with (fillfactor = 85);
comment on table dot.dot_command_run is
  'The audit. A mutating run is committed as started before its effect, and becomes succeeded in the transaction of its effect. Written only by the fn_command functions.';
create index dot_command_run_started on dot.dot_command_run (started_at) where state = 'started';
create unique index dot_command_run_idempotency on dot.dot_command_run (idempotency_key)
  where idempotency_key is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
create unique index dot_command_run_plan on dot.dot_command_run (plan_digest)
  where mode = 'plan_apply' and state in ('started', 'succeeded');
create unique index dot_command_run_undo on dot.dot_command_run (undo_of)
  where undo_of is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
-- Reads outnumber changes by far, and lists leave them out unless asked for.
create index dot_command_run_changes on dot.dot_command_run (run_id) where mode <> 'read';
-- The runs of an hour, for budgets.
create index dot_command_run_hour on dot.dot_command_run (actor, started_at) where mode in ('run', 'plan_apply', 'sql');
create index dot_command_run_trace on dot.dot_command_run (trace_id);
create index dot_command_run_correlation on dot.dot_command_run (correlation_id) where correlation_id is not null;

create table dot.break_glass (
  break_glass_id  uuid primary key,
  actor_id        text not null,
  principal       text,
  login           text not null default session_user,
  reason          text not null check (reason <> ''),
  commands        text[] not null check (cardinality(commands) > 0),
  opened_at       timestamptz not null,
  expires_at      timestamptz not null,
  closed_at       timestamptz,
  review_verdict  text check (review_verdict in ('justified', 'unjustified')),
  review_rationale text,
  reviewed_by     text,
  reviewed_at     timestamptz,
  run_id          uuid,
  check (expires_at <= opened_at + interval '1 hour'),
  check ((review_verdict is null) = (reviewed_at is null) and (review_verdict is null) = (reviewed_by is null))
);
comment on table dot.break_glass is
  'Emergency sessions: for the listed commands, freeze and approvals do not hold for one login until expires_at. Each owes a review by someone else.';
create index on dot.break_glass (login, expires_at desc);
create index on dot.break_glass (opened_at) where reviewed_at is null;

create table dot.dot_function_source (
  function_name text primary key,
  domain        text not null,
  digest        text not null,
  source        text not null,
  -- Of the function as PostgreSQL has it, so that an edit by hand is noticed and undone by the next apply.
  definition_digest text,
  reverted      boolean not null default false,
  applied_at    timestamptz not null default clock_timestamp()
);
comment on table dot.dot_function_source is 'The source file behind each re-creatable function as last applied; digest is its sha-256.';

create table dot.dot_function_archive (
  archive_id    bigint generated always as identity primary key,
  function_name text not null,
  domain        text not null,
  digest        text not null,
  source        text not null,
  replaced_at   timestamptz not null default clock_timestamp()
);
create index on dot.dot_function_archive (function_name, archive_id desc);
comment on table dot.dot_function_archive is 'Sources that were replaced, newest last, for dot migrate revert --function.';

create table dot.dot_schema_snapshot (
  snapshot_id bigint generated always as identity primary key,
  run_id      uuid not null,
  moment      text not null check (moment in ('before', 'after')),
  fingerprint text not null,
  objects     jsonb not null,
  taken_at    timestamptz not null default clock_timestamp()
);
comment on table dot.dot_schema_snapshot is 'The schema before and after each migrate apply or revert: objects is {"kind name": definition}.';
reset role;
