create or replace function dot.fn_job_fail_transient(p_jobs bigint[], p_tokens bigint[], p_errors jsonb[] default null, p_class text default 'transient') returns text[]
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select dot.fn_job_fail(p_jobs, p_tokens, array_fill(p_class, array[cardinality(p_jobs)]), p_errors)
$$;
comment on function dot.fn_job_fail_transient(bigint[], bigint[], jsonb[], text) is
  'fn_job_fail for failures that another attempt may not meet. p_class: a failure class that says more. Verdicts: retry, dead (no attempt is left), stale.';
