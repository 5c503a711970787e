-- squawk-ignore-file ban-drop-table
set local role dot_owner;
drop table dot.dot_lock;
reset role;
