-- The table is new and small.
-- squawk-ignore-file ban-drop-function, adding-serial-primary-key-field, constraint-missing-not-valid
set local role dot_owner;
create table dot.job_key_lock as select n::smallint as slot from generate_series(0, 8191) n;
alter table dot.job_key_lock add primary key (slot);
comment on table dot.job_key_lock is
  'Rows to be locked, and nothing else: each stands for the concurrency keys that fn_job_pick_keyed maps to it, while a claim takes jobs of them. An advisory lock would do, but anyone may hold it for as long as they like.';
-- With the triggers that call it; those that take their place come with the functions of this version.
drop function if exists dot.fn_job_record_protect() cascade;
reset role;
