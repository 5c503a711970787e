-- squawk-ignore-file ban-drop-table, adding-serial-primary-key-field, constraint-missing-not-valid
set local role dot_owner;
drop table dot.dot_lock;
create table dot.dot_lock as select n::bigint as slot from generate_series(0, 1023) n;
alter table dot.dot_lock add primary key (slot);
comment on table dot.dot_lock is
  'Rows to be locked, and nothing else: each stands for the names that fn_lock_take and fn_lock_try map to it. An advisory lock would do, but anyone may hold it for as long as they like.';
reset role;
