-- Nothing here waits: the columns have no default, the view is read by nobody who stays, and a migration is one transaction.
-- squawk-ignore-file ban-drop-function, ban-drop-view
-- A lease belongs to a login, and so does a worker. Leases that run while this is applied belong to nobody: they expire, and
-- their jobs are rescued.
set local role dot_owner;

alter table dot.job_queue add column holder oid;
comment on column dot.job_queue.holder is 'The login that claimed the job, by its oid: it alone has a say in it while the lease is good.';
alter table dot.queue_heartbeat add column run_id uuid;
comment on column dot.queue_heartbeat.run_id is 'The run that started the worker. Null: it was started before this was kept.';

-- Who reads is shown no token.
drop view dot.v_job_queue_in_progress;
create view dot.v_job_queue_in_progress as
  select j.job_id, q.queue_code, k.job_kind, j.priority, j.attempts, j.worker_id, h.worker, h.login, h.state as worker_state, j.claimed_at, j.deadline_at,
         j.concurrency_key, j.slot, j.correlation_id, j.payload
    from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
    left join dot.queue_heartbeat h using (worker_id)
   where j.state = 'x';
comment on view dot.v_job_queue_in_progress is 'Jobs that run under a lease, with their worker and its login.';

-- They come back with other parameters or columns.
drop function if exists dot.fn_job_fail(bigint[], bigint[], text[], jsonb[], boolean);
drop function if exists dot.fn_worker_list(boolean);
reset role;
