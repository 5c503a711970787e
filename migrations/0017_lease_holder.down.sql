-- squawk-ignore-file ban-drop-column, ban-drop-function, ban-drop-view
set local role dot_owner;
drop trigger if exists protect on dot.job_history;
drop trigger if exists protect_truncate on dot.job_history;
drop trigger if exists protect on dot.queue_heartbeat;
drop trigger if exists protect_truncate on dot.queue_heartbeat;
drop function if exists dot.fn_job_record_protect();
drop function if exists dot.fn_audit_finds_worker_unrecorded();
drop function if exists dot.fn_audit_finds_job_by_nobody();
drop function if exists dot.fn_job_fail_held(bigint[], bigint[], text[], jsonb[], oid, boolean);
drop function if exists dot.fn_job_fail(bigint[], bigint[], text[], jsonb[]);
drop function if exists dot.fn_worker_own(uuid);
drop function if exists dot.fn_worker_list(boolean);
drop view dot.v_job_queue_in_progress;
alter table dot.queue_heartbeat drop column run_id;
alter table dot.job_queue drop column holder;
create view dot.v_job_queue_in_progress as
  select j.job_id, q.queue_code, k.job_kind, j.priority, j.attempts, j.lease_token, j.worker_id, h.worker, h.state as worker_state, j.claimed_at, j.deadline_at,
         j.concurrency_key, j.slot, j.correlation_id, j.payload
    from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
    left join dot.queue_heartbeat h using (worker_id)
   where j.state = 'x';
comment on view dot.v_job_queue_in_progress is 'Jobs that run under a lease, with their worker.';
reset role;
