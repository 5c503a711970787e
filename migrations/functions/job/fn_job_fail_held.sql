create or replace function dot.fn_job_fail_held(p_jobs bigint[], p_tokens bigint[], p_classes text[], p_errors jsonb[], p_holder oid, p_locked boolean)
returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_verdicts jsonb;
  v_leases   jsonb;
begin
  perform dot.fn_job_history_day();
  -- Running jobs are told by claimed_at: by state they would be looked for in the index of all that run.
  with given as materialized (
    select u.job, u.token, coalesce(u.class, dot.fn_failure_class_of(u.error ->> 'sqlstate')) as class, coalesce(u.error, '{}') as error
      from (select e.job, e.token, e.class,
                   -- An error is read by people: of a larger one its beginning is kept.
                   case when octet_length(e.error::text) > 65536 then jsonb_strip_nulls(jsonb_build_object('sqlstate', left(e.error ->> 'sqlstate', 5), 'message', left(e.error ->> 'message', 4000), 'retry_after', case when jsonb_typeof(e.error -> 'retry_after') = 'number' and octet_length(e.error ->> 'retry_after') < 32 then e.error -> 'retry_after' end, 'bytes', octet_length(e.error::text)))
                     else e.error end as error
              from unnest(p_jobs, p_tokens, p_classes, p_errors) e(job, token, class, error)) u order by u.job
  ),
  held as materialized (
    select j.*, g.class, g.error
      from given g join dot.job_queue j on j.job_id = g.job and j.lease_token = g.token and (p_locked or (j.holder = p_holder and j.claimed_at is not null))
       for update of j
  ),
  judged as materialized (
    select h.*, coalesce(f.is_transient, true) as is_transient,
           h.attempts + (h.state <> 'x')::int - (not coalesce(f.counts, true))::int as tried,
           r.max_attempts,
           r.first_delay, r.factor, r.longest_delay, r.jitter
      from held h
      join dot.job_kind_registry k on k.kind_id = h.kind_id
      left join dot.failure_class_registry f on f.failure_class = h.class
      join dot.retry_policy_registry r on r.retry_policy = coalesce(f.retry_policy, k.retry_policy)
  ),
  again as (
    update dot.job_queue j
       set state = case when d.delay > interval '0' then 'd' else 'r' end, run_at = clock_timestamp() + d.delay, attempts = w.tried, ready_seq = nextval('dot.job_seq'),
           claimed_at = null, deadline_at = null, slot = null, worker_id = null, holder = null,
           last_error = w.error || jsonb_build_object('class', w.class, 'at', clock_timestamp())
      from judged w
     cross join lateral (
        -- Not before an answer said so, for a day at most.
        select make_interval(secs => greatest(least(greatest(case when jsonb_typeof(w.error -> 'retry_after') = 'number' then (w.error ->> 'retry_after')::numeric else 0 end, 0), 86400)::float8, least(extract(epoch from w.longest_delay)::float8, extract(epoch from w.first_delay)::float8 * w.factor::float8 ^ least(greatest(w.tried - 1, 0), 100))
                 * (1 + w.jitter::float8 * (2 * random() - 1)))) as delay) d
     where j.job_id = w.job_id and w.is_transient and w.tried < w.max_attempts
    returning j.job_id
  ),
  dead as (
    delete from dot.job_queue j using judged w
     where j.job_id = w.job_id and not (w.is_transient and w.tried < w.max_attempts)
    returning w.*
  ),
  kept as (
    insert into dot.job_history (
      job_id, finished_at, enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, worker_id,
      dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, result)
    select job_id, clock_timestamp(), enqueued_at, run_at, claimed_at, lease_token, kind_id, queue_id, class_id, priority, tried, 'x', worker_id,
           dead_letter_id, batch_id, run_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload, error
      from dead
  ),
  letters as (
    insert into dot.job_dead_letter (
      job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, replay_of, concurrency_key, unique_key, trace_id, correlation_id,
      enqueued_by, payload)
    select job_id, kind_id, queue_id, priority, tried, class, case when is_transient then 'attempts_exhausted' else 'permanent' end, error, clock_timestamp(),
           dead_letter_id, concurrency_key, unique_key, trace_id, correlation_id, enqueued_by, payload
      from dead
    returning job_id
  )
  select coalesce(jsonb_object_agg(s.job_id, s.verdict), '{}'), (select jsonb_object_agg(w.job_id, w.lease_token) from judged w) into v_verdicts, v_leases
    from (select a.job_id, 'retry' as verdict from again a union all select l.job_id, 'dead' from letters l) s;
  -- One may be named twice, by an older lease too.
  return array(select coalesce(case when v_leases ->> u.job::text = u.token::text then v_verdicts ->> u.job::text end, 'stale')
                 from unnest(p_jobs, p_tokens) with ordinality u(job, token, n) order by u.n);
end
$$;
comment on function dot.fn_job_fail_held(bigint[], bigint[], text[], jsonb[], oid, boolean) is
  'What fn_job_fail does, for the functions of the platform alone: for leases that p_holder has, or (p_locked) for jobs that this transaction holds locked, whoever has them. One verdict for each: retry, dead, stale. An error with retry_after (a number of seconds) is tried again no sooner than that says, up to a day. Of an error of more than 64 KB the first 4,000 characters of its message are kept, and its size in bytes.';
