-- squawk-ignore-file ban-drop-function
-- Refused events are a problem until somebody says that they know of them; and what changes a budget is not held against it, which
-- takes the arguments of the command.
set local role dot_owner;
alter table dot.event_validation_audit
  add column acknowledged_at timestamptz,
  add column acknowledged_run_id uuid;
comment on column dot.event_validation_audit.acknowledged_at is 'When somebody said that they know of it (dot event acknowledge); null before.';
-- squawk-ignore require-concurrent-index-creation
create index event_validation_audit_open on dot.event_validation_audit (rejected_at) where acknowledged_at is null;
drop function if exists dot.fn_command_budget(text);
reset role;
