create or replace function dot.fn_job_turn(
  p_worker uuid, p_classes text[], p_jobs bigint[], p_tokens bigint[], p_results jsonb[] default null, p_limit int default 1, p_queues text[] default null,
  p_lease interval default null)
returns table (job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid, verdict text)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
as $$
begin
  if cardinality(p_jobs) > 0 then
    return query
      select u.job, u.token, null::text, null::text, null::jsonb, null::jsonb, null::int, null::interval, null::timestamptz, null::text, null::text, null::uuid, u.verdict
        from unnest(p_jobs, p_tokens, dot.fn_job_complete(p_jobs, p_tokens, p_results)) u(job, token, verdict);
  end if;
  if p_limit > 0 then
    return query select c.*, null::text from dot.fn_job_claim(p_worker, p_classes, p_limit, p_queues, p_lease) c;
  end if;
end
$$;
comment on function dot.fn_job_turn(uuid, text[], bigint[], bigint[], jsonb[], int, text[], interval) is
  'fn_job_complete and fn_job_claim in one call, so in one commit: what a worker does between two jobs. Rows with a verdict are the answers for what was completed, in their order; rows without are what was claimed.';
