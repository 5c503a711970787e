create or replace function dot.fn_job_settle(p_jobs bigint[], p_worker uuid, p_results jsonb[] default null) returns int
language sql volatile security definer set search_path = dot, pg_temp
as $$
  with gone as (
    delete from dot.job_queue j where j.job_id = any (p_jobs) returning j.*
  ),
  kept as (
  insert into dot.job_history (
    job_id, finished_at, enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, worker_id,
    dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, result)
  select g.job_id, clock_timestamp(), g.enqueued_at, g.run_at, now(), g.lease_token, g.kind_id, g.queue_id, g.class_id, g.priority, g.attempts + 1, 's', p_worker,
         g.dead_letter_id, g.batch_id, g.run_id, g.concurrency_key, g.unique_key, g.trace_id, g.correlation_id, g.enqueued_by, g.payload,
         case when p_results is not null then p_results[array_position(p_jobs, g.job_id)] end
    from gone g
  returning 1
  )
  select count(*)::int from kept
$$;
comment on function dot.fn_job_settle(bigint[], uuid, jsonb[]) is
  'Ends jobs as succeeded that this transaction holds locked and has carried out itself, without a lease: it alone is what kept others away. Returns how many: fewer than were given where one of them has taken another away.';
