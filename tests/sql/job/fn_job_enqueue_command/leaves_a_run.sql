do $$
declare
  v_answer jsonb := dot.fn_job_enqueue_command('system.noop', '{"n": 1}', p_unique_key => 'u');
  v_run    dot.dot_command_run;
begin
  assert v_answer @> '{"state": "ready"}', v_answer::text;
  select * into strict v_run from dot.dot_command_run where command_code = 'job enqueue';
  assert v_run.mode = 'sql' and v_run.state = 'succeeded' and v_run.args @> '{"kind": "system.noop", "unique-key": "u"}', v_run::text;
  assert (select j.run_id from dot.job_queue j where j.job_id = (v_answer ->> 'job')::bigint) = v_run.run_id, 'the job has its run';
  perform dot.fn_gate_set('queue.job_substrate.enabled', 'closed');
  perform test.refused(dot.fn_job_enqueue_command('system.noop'), 'job_substrate_disabled');
end
$$;
