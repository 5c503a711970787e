do $$
declare
  v_person constant text := test.actor('ann', 'human', '{dot_operator}');
  v_agent  constant text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  c_beyond constant jsonb := '{"command": "job cancel", "args": {"jobs": ["1"]}}';
  v_batch  constant text := test.by(v_person, format('select dot.fn_batch_open(%L, %L, %L) ->> ''batch''', 'b', 'system.command', c_beyond));
  v_plain  constant text := test.by(v_person, $q$select dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 day') ->> 'job'$q$);
  v_last   constant text := test.by(v_person, format('select dot.fn_job_enqueue(%L, p_run_at => now() + interval %L, p_batch => %L) ->> ''job''', 'system.noop', '1 day', v_batch));
  v_runs   constant text := test.by(v_person, format('select dot.fn_job_enqueue(%L, %L, now() + interval %L) ->> ''job''', 'system.command', c_beyond, '1 day'));
begin
  perform test.by(v_person, format('select dot.fn_batch_seal(%L)::text', v_batch));
  assert test.by(v_agent, format('select dot.fn_job_retry(array[%L]) ->> ''code''', v_last)) in ('DT403', 'DT428'), 'it is the last of its batch';
  assert test.by(v_agent, format('select dot.fn_job_retry(array[%L, %L]) ->> ''code''', v_plain, v_runs)) in ('DT403', 'DT428'), 'one of them runs what is beyond it';
  perform test.equal((select array_agg(distinct state::text) from dot.job_queue), '{d}', 'nothing was put in line');
  perform test.equal(test.by(v_agent, format('select dot.fn_job_retry(array[%L]) ->> ''ready''', v_plain)), '1', 'what runs no command');
  perform test.equal(test.by(v_person, format('select dot.fn_job_retry(array[%L, %L]) ->> ''ready''', v_last, v_runs)), '2', 'who may');
end
$$;
