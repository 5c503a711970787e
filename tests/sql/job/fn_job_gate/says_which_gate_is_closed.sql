do $$
begin
  perform test.equal(dot.fn_job_gate('queue.worker.enabled'), null::jsonb);
  perform dot.fn_gate_set('queue.worker.enabled', 'closed');
  perform test.refused(dot.fn_job_gate('queue.worker.enabled'), 'gate_closed');
  perform dot.fn_gate_set('queue.worker.enabled', 'open');
  perform dot.fn_gate_set('policy.freeze', 'open');
  perform test.refused(dot.fn_job_gate('queue.worker.enabled'), 'frozen');
end
$$;
