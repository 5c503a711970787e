do $$
declare
  v_jobs bigint[] := test.jobs(2, 'system.noop');
begin
  perform dot.fn_job_history_day();
  perform dot.fn_job_settle(v_jobs, null, array['1', '2']::jsonb[]);
  perform test.equal((select array_agg(result order by job_id) from dot.job_history where job_id = any (v_jobs) and outcome = 's'), array['1', '2']::jsonb[]);
  assert not exists (select 1 from dot.job_queue where job_id = any (v_jobs));
end
$$;
