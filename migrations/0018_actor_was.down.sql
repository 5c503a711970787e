-- squawk-ignore-file ban-drop-table, ban-drop-function
set local role dot_owner;
drop trigger if exists remember on dot.dot_actor;
drop trigger if exists remember_gone on dot.dot_actor;
drop function if exists dot.fn_actor_remember();
drop function if exists dot.fn_principals_since(text, text, text, boolean, timestamptz);
drop function if exists dot.fn_proposal_own(uuid);
drop function if exists dot.fn_principal_counted(text, timestamptz);
drop table dot.dot_actor_was;
reset role;
