-- How risky a command is depends on what it has done later, which the domain of jobs knows.
set local role dot_owner;
create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead'),
         ('job_wanted_by', 'fn_job_wanted_by', 'Takes a job and the token of its lease: who wants it, {actor, kind, principal}, null where the login holds no such lease'),
         ('carried_args', 'fn_proposal_args', 'Takes a proposal and a command: the arguments with which a run of the command may carry it, null where it may not'),
         ('carried_begins', 'fn_proposal_run_begins', 'Takes a proposal and {command, mode} of a run that begins with it: {refusal} where it may not carry it, else {plan} that it is held against'),
         ('carried_enters', 'fn_proposal_run_enters', 'Takes a proposal and {run_id} of a run that enters the transaction of its effect: judges the proposal, raises where it may not be carried out'),
         ('carried_succeeds', 'fn_proposal_run_succeeds', 'Takes a proposal and {run_id, outcome} of a run that has succeeded: marks the proposal as carried out'),
         ('schema_altered', 'fn_row_settle', 'Takes a run that alters the schema, at its end, and {}: makes what it changed before it entered its transaction its own'),
         ('later', 'fn_job_later', 'Takes a command and its arguments as JSON text: the commands that it has done later, or sets off, as a JSON array of {command, args}');
comment on view dot.command_hook is
  'The functions of higher domains that the domain command calls, each with what for: (text, text) returning text, which write nothing, and (uuid, jsonb) returning jsonb, which may. It is made by migrations only, so that every change of it is seen as a change of the schema.';
reset role;
