-- The functions that are dropped have no file any more, or come back with another parameter.
-- squawk-ignore-file ban-drop-function
-- What the platform notes for itself in settings is signed, and whom a worker acts for is asked of the job.
set local role dot_owner;

create table dot.dot_secret as select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as secret;
comment on table dot.dot_secret is
  'The secret under which fn_context_sign signs what holds for one transaction. A transaction that only reads sees no row: neither do queries that run with the rights of dot_owner.';
alter table dot.dot_secret enable row level security;
alter table dot.dot_secret force row level security;
create policy only_where_rows_may_change on dot.dot_secret using (current_setting('transaction_read_only') = 'off');

create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead'),
         ('job_wanted_by', 'fn_job_wanted_by', 'Takes a job and the token of its lease: who wants it, {actor, kind, principal}, null where the login holds no such lease');
drop function if exists dot.fn_event_reject(text, jsonb, jsonb, text);
reset role;
