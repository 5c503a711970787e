do $$
begin
  perform test.equal(dot.fn_dlq_gates(), null::jsonb);
  perform dot.fn_gate_set('queue.dlq.replay_enabled', 'closed');
  perform test.refused(dot.fn_dlq_gates(), 'gate_closed');
  perform dot.fn_gate_set('queue.dlq.replay_enabled', 'open');
  perform dot.fn_gate_set('queue.job_substrate.enabled', 'closed');
  perform test.refused(dot.fn_dlq_gates(), 'job_substrate_disabled');
end
$$;
