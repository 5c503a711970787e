create or replace function dot.fn_job_noop(p_jobs bigint[], p_payloads jsonb[]) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$ select $$;
comment on function dot.fn_job_noop(bigint[], jsonb[]) is 'Carries out jobs of kind system.noop: nothing. For measurements and trials.';
