-- squawk-ignore-file ban-drop-table, ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_event_reject(text, jsonb, jsonb, text, uuid);
drop function if exists dot.fn_job_wanted_by(text, text);
drop function if exists dot.fn_proposal_current();
create or replace view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead');
drop table dot.dot_secret;
reset role;
