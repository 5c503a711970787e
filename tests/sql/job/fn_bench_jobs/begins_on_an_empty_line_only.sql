do $$
declare
  v_answer jsonb := dot.fn_bench_jobs(1000);
begin
  assert v_answer @> '{"jobs": 1000}' and v_answer ? 'worker' and v_answer ? 'fsync', v_answer::text;
  perform test.raises('DT400', 'select dot.fn_bench_jobs(999)'), test.raises('DT400', 'select dot.fn_bench_jobs(null)');
  perform dot.fn_job_enqueue('system.noop', p_queue => 'bench');
  perform test.refused(dot.fn_bench_jobs(1000), 'bench_in_use');
  perform dot.fn_gate_set('queue.worker.enabled', 'closed');
  perform test.refused(dot.fn_bench_jobs(1000), 'gate_closed');
end
$$;
