create or replace function dot.fn_job_cancel_many(p_jobs bigint[], p_reason text default null) returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_gone bigint[];
begin
  perform dot.fn_job_history_day();
  with given as materialized (select distinct u.job from unnest(p_jobs) u(job) order by u.job),
  gone as (
    delete from dot.job_queue j using given g where j.job_id = g.job returning j.*
  ),
  kept as (
    insert into dot.job_history (
      job_id, finished_at, enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, worker_id,
      dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, result)
    select job_id, clock_timestamp(), enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, 'c', worker_id,
           dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload,
           jsonb_strip_nulls(jsonb_build_object('reason', p_reason))
      from gone
    returning job_id
  ),
  -- Its worker does not know yet.
  stopping as (
    insert into dot.job_stopping (job_id, lease_token, holder, worker_id, kind_id, queue_id, concurrency_key, slot, until)
    select job_id, lease_token, holder, worker_id, kind_id, queue_id, concurrency_key, slot, deadline_at
      from gone where claimed_at is not null and holder is not null and worker_id is not null
  )
  select array_agg(k.job_id) into v_gone from kept k;
  return array(select case when u.job = any (v_gone) then 'ok' else 'gone' end from unnest(p_jobs) with ordinality u(job, n) order by u.n);
end
$$;
comment on function dot.fn_job_cancel_many(bigint[], text) is
  'Ends live jobs as cancelled, running ones too: their worker hears stale at its next heartbeat and whatever it says later changes nothing. Until it says that it has stopped, or their lease ends, they count against the limits of their key and queue (job_stopping). One verdict for each: ok, or gone (it had ended before).';
