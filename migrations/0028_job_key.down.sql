-- squawk-ignore-file ban-drop-table
set local role dot_owner;
drop table dot.job_key_lock;
reset role;
