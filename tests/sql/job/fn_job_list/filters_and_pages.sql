do $$
declare
  v_jobs bigint[] := test.jobs(5);
begin
  perform dot.fn_job_cancel_many(v_jobs[1:2], 'no');
  perform test.equal((select array_agg(job) from dot.fn_job_list('ready')), array[v_jobs[5], v_jobs[4], v_jobs[3]], 'the newest first');
  perform test.equal((select array_agg(job) from dot.fn_job_list('cancelled')), array[v_jobs[2], v_jobs[1]]);
  perform test.equal((select array_agg(error) from dot.fn_job_list('ended', p_limit => 1)), '{no}'::text[]);
  perform test.equal((select array_agg(job) from dot.fn_job_list(p_after => v_jobs[4]::text, p_limit => 2)), array[v_jobs[3], v_jobs[2]], 'a page');
  assert not exists (select 1 from dot.fn_job_list(p_kind => 'system.noop')), 'of another kind';
  perform test.equal((select count(*) from dot.fn_job_list(p_queue => 'bench')), 5::bigint);
end
$$;
