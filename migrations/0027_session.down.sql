-- squawk-ignore-file ban-drop-table
-- The role stays: other databases of the server may use it.
set local role dot_owner;
drop table dot.dot_session;
reset role;
