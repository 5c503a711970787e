do $$
declare
  v_job text := dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 day') ->> 'job';
begin
  assert dot.fn_job_retry(array[v_job]) @> '{"ready": 1, "left": [], "partial": false}';
  perform test.refused(dot.fn_job_retry(array[v_job]), 'not_deferred');
end
$$;
