-- squawk-ignore-file require-concurrent-index-deletion, require-concurrent-index-creation
set local role dot_owner;
drop index dot.dot_command_run_plan;
create unique index dot_command_run_plan on dot.dot_command_run (plan_digest)
  where mode = 'plan_apply' and state in ('started', 'succeeded');
reset role;
