-- squawk-ignore-file ban-drop-column, require-concurrent-index-deletion, require-concurrent-index-creation
do $$
begin
  if exists (select 1 from pg_database d join pg_roles r on r.rolname = current_user where d.datname = current_database() and (r.rolsuper or r.oid = d.datdba)) then
    execute format('grant temporary on database %I to public', current_database());
    execute format('revoke temporary on database %I from dot_owner', current_database());
  end if;
end
$$;
set local role dot_owner;
create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead'),
         ('job_wanted_by', 'fn_job_wanted_by', 'Takes a job and the token of its lease: who wants it, {actor, kind, principal}, null where the login holds no such lease');
alter table dot.proposal drop column code_digest;
drop index dot.dot_command_run_idempotency;
create unique index dot_command_run_idempotency on dot.dot_command_run (idempotency_key)
  where idempotency_key is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
reset role;
