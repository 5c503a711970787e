do $$
declare
  c_cancel constant jsonb := '{"command": "job cancel", "args": {"jobs": ["1"]}}';
  v_batch  text;
  v_job    text;
begin
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, queue_code, retry_policy, summary, target)
  select 'test.cancels', executor_class, queue_code, retry_policy, 'x', '{"command": "job cancel"}' from dot.job_kind_registry where job_kind = 'system.command';
  perform set_config('dot.birth', '', true);
  perform dot.fn_schedule_create('nightly', p_kind => 'system.command', p_cron => '0 3 * * *', p_payload => c_cancel);
  perform test.equal(dot.fn_command_risk('schedule resume', '{"schedule": "nightly"}'), 'low', 'it is not paused');
  perform dot.fn_schedule_pause('nightly');
  perform test.equal(dot.fn_command_risk('schedule resume', '{"schedule": "nightly"}'), 'high', 'set off 1');
  v_batch := dot.fn_batch_open('b', 'system.command', c_cancel) ->> 'batch';
  perform test.equal(dot.fn_command_risk('batch seal', jsonb_build_object('batch', v_batch)), 'high', 'set off 2');
  v_job := dot.fn_job_enqueue('system.command', c_cancel, p_run_at => now() + interval '1 hour') ->> 'job';
  perform test.equal(dot.fn_command_risk('batch seal', jsonb_build_object('batch', upper(v_batch))), 'high', 'in capitals');
  perform test.equal(dot.fn_command_risk('subscription jobs', '{"subscription": "s", "kind": "test.cancels"}'), 'high', 'by its kind');
  perform test.equal(dot.fn_command_risk('job retry', jsonb_build_object('jobs', array['0' || v_job])), 'high', 'with zeros');
  perform test.equal(dot.fn_command_risk('job retry', jsonb_build_object('jobs', array[v_job])), 'high', 'set off 3');
  -- The last of a sealed batch sets off its end.
  v_job := dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 hour', p_batch => v_batch::uuid) ->> 'job';
  perform test.equal(dot.fn_command_risk('job retry', jsonb_build_object('jobs', array[v_job])), 'low', 'its batch is open');
  update dot.job_batch set is_sealed = true where batch_id = v_batch::uuid;
  perform test.equal(dot.fn_command_risk('job retry', jsonb_build_object('jobs', array[v_job])), 'high', 'the end of its batch');
  perform dot.fn_queue_pause((select queue_code from dot.job_kind_registry where job_kind = 'system.command'));
  perform test.equal(dot.fn_command_risk('queue resume', jsonb_build_object('queue', (select queue_code from dot.job_kind_registry where job_kind = 'system.command'))), 'high', 'set off 4');
  perform test.equal(dot.fn_command_risk('queue resume', '{"queue": "bench"}'), 'low');
  perform test.equal(dot.fn_command_risk('dlq replay', jsonb_build_object('request', test.replay_request(test.dead(1)))), 'high', 'its own');
  update dot.dot_command_catalog set risk = 'critical' where command_code = 'job cancel';
  update dot.job_dead_letter set kind_id = (select kind_id from dot.job_kind_registry where job_kind = 'test.cancels');
  perform test.equal((select array_agg(dot.fn_command_risk('dlq replay', jsonb_build_object('request', upper(r.request_id::text)))) from dot.dlq_replay r), array['critical'], 'that of what died');
  -- What sets itself off is judged once, and the judgement ends.
  v_job := (nextval('dot.job_seq') + 1)::text;
  perform dot.fn_job_enqueue('system.command', jsonb_build_object('command', 'job retry', 'args', jsonb_build_object('jobs', jsonb_build_array(v_job))), p_run_at => now() + interval '1 hour');
  perform test.equal((select count(*) from dot.job_queue j where j.job_id = v_job::bigint and j.payload #>> '{args,jobs,0}' = v_job), 1::bigint, 'it names itself');
  perform test.equal(dot.fn_command_risk('job retry', jsonb_build_object('jobs', array[v_job])), 'low', 'itself');
  perform test.equal(dot.fn_job_later('queue list', '{"queue": "default"}'), '[]'::jsonb, 'it sets nothing off');
end
$$;
