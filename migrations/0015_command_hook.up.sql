-- What the lowest domain asks of higher ones, by name: it knows no function of theirs.
set local role dot_owner;
create view dot.command_hook (hook, function_name, summary) as
  values ('entry_used', 'fn_registry_used', 'Takes a registry and a key: warns where the entry is deprecated'),
         ('approval_excused', 'fn_breakglass_excuses', 'Takes a command and its risk: null where it may do without its approval now, else what to do instead');
comment on view dot.command_hook is
  'The functions of higher domains that the domain command asks, each with what it is asked for. It is made by migrations only, so that every change of it is seen as a change of the schema.';
reset role;
