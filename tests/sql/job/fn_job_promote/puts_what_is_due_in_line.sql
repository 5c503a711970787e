do $$
declare
  v_jobs bigint[] := test.jobs(3);
begin
  update dot.job_queue set state = 'd', run_at = clock_timestamp() - interval '1 second' where job_id = any (v_jobs[1:2]);
  update dot.job_queue set state = 'd', run_at = clock_timestamp() + interval '1 day' where job_id = v_jobs[3];
  perform test.equal(dot.fn_job_promote(1), 1, 'as many as asked for');
  perform test.equal(dot.fn_job_promote(), 1);
  perform test.equal(dot.fn_job_promote(), 0, 'what is not due waits');
end
$$;
