create or replace function dot.fn_job_stopped(p_jobs bigint[], p_tokens bigint[]) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  delete from dot.job_stopping g using unnest(p_jobs, p_tokens) u(job, token)
   where g.job_id = u.job and g.lease_token = u.token and g.holder = to_regrole(quote_ident(session_user))
$$;
comment on function dot.fn_job_stopped(bigint[], bigint[]) is
  'What a worker says of jobs under these leases, it says when it does nothing for them any more: those that were cancelled meanwhile stop to count against limits (job_stopping).';
