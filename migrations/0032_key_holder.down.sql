-- squawk-ignore-file require-concurrent-index-deletion, require-concurrent-index-creation
set local role dot_owner;
alter table dot.dot_session drop column standing;
drop index dot.dot_command_run_idempotency;
create unique index dot_command_run_idempotency on dot.dot_command_run (login, idempotency_key)
  where idempotency_key is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
reset role;
