do $$
declare
  v_worker uuid := test.worker('{sql}');
  v_urgent bigint;
begin
  perform dot.fn_job_enqueue('system.noop', p_priority => 9, p_concurrency_key => 'k' || n) from generate_series(1, 9) n;
  v_urgent := (dot.fn_job_enqueue('system.noop', p_priority => 0) ->> 'job')::bigint;
  perform dot.fn_job_run_sql(v_worker, 1);
  perform test.equal((select array_agg(job_id) from dot.job_history), array[v_urgent]);
end
$$;
