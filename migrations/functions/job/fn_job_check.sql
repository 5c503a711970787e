create or replace function dot.fn_job_check(p_job bigint default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', p_job is null or dot.fn_job_one(p_job) is not null, 'job', p_job, 'state', dot.fn_job_one(p_job) -> 'state')
$$;
comment on function dot.fn_job_check(bigint) is 'Whether a job is known, live or ended: {ok, job, state}.';
