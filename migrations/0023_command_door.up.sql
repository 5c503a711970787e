-- squawk-ignore-file require-concurrent-index-deletion, require-concurrent-index-creation
-- Temporary objects of a caller have no place beside the platform's. A database that is not ours to change is named by doctor.
do $$
begin
  if exists (select 1 from pg_database d join pg_roles r on r.rolname = current_user where d.datname = current_database() and (r.rolsuper or r.oid = d.datdba)) then
    execute format('grant temporary on database %I to dot_owner', current_database());
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end
$$;
-- An approval is bound to the code that carries it out, and to the arguments with which a run may carry it.
set local role dot_owner;
alter table dot.proposal add column code_digest text;
comment on column dot.proposal.code_digest is 'The digest of the code that carries it out (fn_proposal_code) when this revision was made.';
create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead'),
         ('job_wanted_by', 'fn_job_wanted_by', 'Takes a job and the token of its lease: who wants it, {actor, kind, principal}, null where the login holds no such lease'),
         ('carried_args', 'fn_proposal_args', 'Takes a proposal and a command: the arguments with which a run of the command may carry it, null where it may not');
-- A key is its caller's own: nobody takes another's, and nobody is given another's outcome.
drop index dot.dot_command_run_idempotency;
create unique index dot_command_run_idempotency on dot.dot_command_run (login, idempotency_key)
  where idempotency_key is not null and mode in ('run', 'plan_apply') and state in ('started', 'succeeded');
reset role;
