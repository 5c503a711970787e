create or replace function dot.fn_job_complete(p_jobs bigint[], p_tokens bigint[], p_results jsonb[] default null) returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_done  bigint[];
  v_leases bigint[];
  v_ended jsonb;
  v_me   constant oid := to_regrole(quote_ident(session_user));
begin
  perform dot.fn_worker_able();
  -- What a job returns is kept with it, and has the limit of what it is given.
  perform dot.fn_job_bounded(r, n::int) from unnest(p_results) with ordinality u(r, n) where r is not null;
  perform dot.fn_job_history_day();
  -- Running jobs are told by claimed_at: by state they would be looked for in the index of all that run.
  with given as materialized (
    select u.job, u.token, u.result from unnest(p_jobs, p_tokens, p_results) u(job, token, result) order by u.job
  ),
  -- In the order of their numbers, as everyone locks them.
  gone as (
    delete from dot.job_queue j using given g
     where j.job_id = g.job and j.lease_token = g.token and j.holder = v_me and j.claimed_at is not null
    returning j.*, g.result
  ),
  kept as (
    insert into dot.job_history (
      job_id, finished_at, enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, worker_id,
      dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, result)
    select job_id, clock_timestamp(), enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, 's', worker_id,
           dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, result
      from gone
    returning job_id, lease_token
  )
  select array_agg(k.job_id), array_agg(k.lease_token) into v_done, v_leases from kept k;
  if cardinality(v_done) = cardinality(p_jobs) then
    return array_fill('ok'::text, array[cardinality(p_jobs)]);
  end if;
  perform dot.fn_job_stopped(p_jobs, p_tokens);
  v_ended := (select jsonb_object_agg(d.job, d.token) from unnest(v_done, v_leases) d(job, token));
  return array(
    -- One may be named twice, by an older lease too.
    select case when v_ended ->> u.job::text = u.token::text then 'ok' else 'stale' end from unnest(p_jobs, p_tokens) with ordinality u(job, token, n) order by u.n);
end
$$;
comment on function dot.fn_job_complete(bigint[], bigint[], jsonb[]) is
  'Ends jobs as succeeded: each with the token of its lease and, if wanted, its result. One verdict for each, in their order: ok, it is in job_history now; or stale, the lease is not this one any more (it was rescued, cancelled, or ended before) or not this login''s, and nothing was changed. DT400, naming the element, for a result that is larger than a payload may be (fn_job_bounded).';
