-- squawk-ignore-file ban-drop-table
set local role dot_owner;
drop view dot.command_hook;
reset role;
