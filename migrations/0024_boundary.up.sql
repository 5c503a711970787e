-- squawk-ignore-file ban-drop-function, require-concurrent-index-deletion, require-concurrent-index-creation
-- Triggers of registries call it until the functions of this version are in place, which is after the last migration.
set local role dot_owner;
drop function if exists dot.fn_registry_run();
-- These are gone, or come back with other parameters.
drop function if exists dot.fn_command_finish(uuid, jsonb, text);
drop function if exists dot.fn_command_measure();
drop function if exists dot.fn_command_rows_new(int);
drop function if exists dot.fn_command_rows_old(jsonb, int);
drop function if exists dot.fn_command_rows_gone(jsonb);
drop function if exists dot.fn_command_call_digest(text, jsonb);
drop function if exists dot.fn_command_run_call(jsonb);
-- A plan is used up by its own command with its own arguments: nobody uses up another's by its digest alone.
drop index dot.dot_command_run_plan;
create unique index dot_command_run_plan on dot.dot_command_run (plan_digest, command_code, args_digest)
  where mode = 'plan_apply' and state in ('started', 'succeeded');
reset role;
