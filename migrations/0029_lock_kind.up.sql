-- squawk-ignore-file ban-drop-function, ban-drop-table, adding-serial-primary-key-field, constraint-missing-not-valid
-- Each kind of lock has rows of its own: a name that a caller may choose never falls together with one that the house needs.
set local role dot_owner;
drop table dot.dot_lock;
create table dot.dot_lock as
  select k as lock_kind, 0 as slot from unnest(array['audit seal', 'event validators', 'job housekeeping']) k
  union all
  select k, n from unnest(array['budget', 'delegation', 'event tick', 'event type', 'kg edge', 'partition', 'policy', 'queue', 'registry', 'schema']) k
   cross join generate_series(0, 255) n;
alter table dot.dot_lock add primary key (lock_kind, slot);
comment on table dot.dot_lock is
  'Rows to be locked, and nothing else: the names of a kind that fn_lock_take and fn_lock_try are given share its rows, and two kinds share none. An advisory lock would do, but anyone may hold it for as long as they like.';
drop function if exists dot.fn_lock_take(text);
drop function if exists dot.fn_lock_try(text);
reset role;
