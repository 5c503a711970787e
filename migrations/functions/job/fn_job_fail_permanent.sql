create or replace function dot.fn_job_fail_permanent(p_jobs bigint[], p_tokens bigint[], p_errors jsonb[] default null, p_class text default 'permanent') returns text[]
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select dot.fn_job_fail(p_jobs, p_tokens, array_fill(p_class, array[cardinality(p_jobs)]), p_errors)
$$;
comment on function dot.fn_job_fail_permanent(bigint[], bigint[], jsonb[], text) is
  'fn_job_fail for failures that every attempt would meet: the jobs are dead at once. Verdicts: dead, stale.';
