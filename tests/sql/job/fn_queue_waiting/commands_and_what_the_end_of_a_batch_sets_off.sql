do $$
declare
  c_cancel constant jsonb := '{"command": "job cancel", "args": {"jobs": ["1"]}}';
  v_ann    constant text := test.actor('ann', 'human', '{dot_operator}');
  v_agent  constant text := test.actor('agt', 'agent', '{dot_operator,dot_agent}', 'ann');
  v_batch  uuid := dot.fn_batch_open('b', 'system.command', c_cancel) ->> 'batch';
begin
  perform dot.fn_job_enqueue('system.noop', p_queue => 'bench', p_batch => v_batch);
  perform test.equal((select count(*) from dot.fn_queue_waiting('bench')), 0::bigint, 'the batch is open');
  perform dot.fn_batch_seal(v_batch);
  perform test.equal((select array_agg(w.job_kind || ' ' || (w.payload ->> 'command')) from dot.fn_queue_waiting('bench') w), array['system.command job cancel']);
  perform test.equal((select count(*) from dot.fn_queue_waiting('default')), 0::bigint, 'another queue');
  -- Whoever resumes the queue, or lifts its limit, sets that off: asked for, and refused to an agent.
  perform test.equal(dot.fn_command_risk('queue set', '{"queue": "bench", "rate-limit": 0}'), 'low', 'nothing holds it back');
  perform dot.fn_queue_set('bench', p_rate_limit => 1, p_rate_period => '1 day');
  perform test.equal(dot.fn_command_risk('queue set', '{"queue": "bench", "rate-limit": 0}'), 'high', 'a limit does');
  perform test.equal(test.by(v_agent, $q$select dot.fn_queue_set('bench', p_rate_limit => 0) ->> 'reason'$q$), 'agent_policy');
  perform dot.fn_queue_pause('bench');
  perform test.equal(dot.fn_command_risk('queue resume', '{"queue": "bench"}'), 'high', 'a pause does');
  perform test.equal(test.by(v_agent, $q$select dot.fn_queue_resume('bench') ->> 'reason'$q$), 'agent_policy');
end
$$;
