do $$
declare
  v_gate text := 'queue.job_substrate.enabled';
begin
  update dot.dot_config set value = 'false' where config_key = v_gate;
  perform test.refused(dot.fn_job_enqueue('system.noop', p_key => 'k'), 'job_substrate_disabled');
  update dot.dot_config set value = 'true' where config_key = v_gate;
  assert not dot.fn_job_enqueue('system.noop', p_key => 'k') ? 'replayed', 'the first that is answered';
  assert dot.fn_job_enqueue('system.noop', p_key => 'k') @> '{"replayed": true}' and dot.fn_job_enqueue('system.noop', p_key => 'k') ->> 'job' is not null;
  -- What was there already is its answer.
  perform dot.fn_job_enqueue('system.noop', p_unique_key => 'u');
  perform test.equal(dot.fn_job_enqueue('system.noop', p_unique_key => 'u', p_key => 'd') ->> 'job', dot.fn_job_enqueue('system.noop', p_unique_key => 'u', p_key => 'd') ->> 'job');
end
$$;
