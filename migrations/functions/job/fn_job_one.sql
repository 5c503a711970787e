create or replace function dot.fn_job_one(p_job bigint) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_strip_nulls(jsonb_build_object(
           'job', a.job_id, 'state', a.state, 'kind', k.job_kind, 'class', k.executor_class, 'queue', q.queue_code, 'priority', a.priority, 'attempts', a.attempts,
           'max_attempts', r.max_attempts, 'enqueued_at', a.enqueued_at, 'run_at', a.run_at, 'claimed_at', a.claimed_at, 'deadline_at', a.deadline_at,
           'finished_at', a.finished_at, 'worker', a.worker_id, 'login', (select w.login from dot.queue_heartbeat w where w.worker_id = a.worker_id), 'concurrency_key', a.concurrency_key, 'unique_key', a.unique_key,
           'batch', a.batch_id, 'run_id', a.run_id, 'trace_id', a.trace_id, 'correlation_id', a.correlation_id, 'enqueued_by', a.enqueued_by,
           'replay_of', a.dead_letter_id, 'dead_letter', l.dead_letter_id, 'payload', a.payload, 'result', a.result, 'last_error', coalesce(a.last_error, l.error)))
    from (
      select j.job_id, case j.state when 'r' then 'ready' when 'd' then 'deferred' else 'running' end as state, j.kind_id, j.queue_id, j.priority, j.attempts,
             j.enqueued_at, j.run_at, j.claimed_at, j.deadline_at, null::timestamptz as finished_at, j.worker_id, j.concurrency_key, j.unique_key,
             j.batch_id, j.run_id, j.trace_id, j.correlation_id, j.enqueued_by, j.dead_letter_id, j.payload, null::jsonb as result, j.last_error
        from dot.job_queue j where j.job_id = p_job
      union all
      select h.job_id, case h.outcome when 's' then 'succeeded' when 'x' then 'dead' else 'cancelled' end, h.kind_id, h.queue_id, h.priority, h.attempts,
             h.enqueued_at, h.run_at, h.claimed_at, null, h.finished_at, h.worker_id, h.concurrency_key, h.unique_key,
             h.batch_id, h.run_id, h.trace_id, h.correlation_id, h.enqueued_by, h.dead_letter_id, h.payload, h.result, null
        from dot.job_history h where h.job_id = p_job) a
    join dot.job_kind_registry k using (kind_id)
    join dot.queue_registry q using (queue_id)
    join dot.retry_policy_registry r on r.retry_policy = k.retry_policy
    left join dot.job_dead_letter l on l.job_id = a.job_id
   limit 1
$$;
comment on function dot.fn_job_one(bigint) is 'What is known of one job, live or ended, but for its token, which is its worker''s alone; null when there is none.';
