do $$
declare
  v_jobs text[] := array[dot.fn_job_enqueue('system.noop_leased') ->> 'job', dot.fn_job_enqueue('system.noop_leased', p_run_at => now() + interval '1 day') ->> 'job', dot.fn_job_enqueue('system.noop_leased') ->> 'job'];
  v_runs text;
  v_was  dot.job_queue;
begin
  select * into v_was from dot.job_queue where job_id = v_jobs[1]::bigint;
  -- One with a better priority is claimed before the others, though it came later.
  assert dot.fn_job_update(array[v_jobs[3]], p_priority => 0) @> '{"updated": 1, "left": [], "partial": false}';
  perform test.equal(test.job_ids(test.claimed(test.worker())), array[v_jobs[3]::bigint], 'first');
  -- A running one is left, and named.
  perform test.equal(dot.fn_job_update(v_jobs, p_payload => '{"n": 1}', p_run_at => now() + interval '2 days'),
    jsonb_build_object('updated', 2, 'partial', true, 'left', jsonb_build_array(jsonb_build_object('job', v_jobs[3]::bigint, 'state', 'running'))));
  perform test.equal((select array_agg(format('%s %s %s %s', j.state, j.payload, j.priority, j.run_at = now() + interval '2 days') order by j.job_id) from dot.job_queue j where j.job_id <> v_jobs[3]::bigint),
    array[format('d {"n": 1} %s t', v_was.priority), format('d {"n": 1} %s t', v_was.priority)]);
  assert dot.fn_job_update(v_jobs[1:2], p_payload => '{"n": 1}') @> '{"updated": 0, "left": [], "partial": false}', 'they were so already';
  -- A time that is past puts it in line, behind what is there.
  perform dot.fn_job_update(v_jobs[1:1], p_run_at => now() - interval '1 day');
  assert (select state = 'r' and ready_seq > v_was.ready_seq and payload = '{"n": 1}' from dot.job_queue where job_id = v_was.job_id);
  perform test.refused(dot.fn_job_update(v_jobs[3:3], p_priority => 1), 'not_waiting');
  v_runs := dot.fn_job_enqueue('system.command', '{"command": "queue list", "args": {}}', now() + interval '1 day') ->> 'job';
  perform test.refused(dot.fn_job_update(array[v_runs], p_payload => '{"command": "queue list", "args": {}}'), 'runs_command');
  assert dot.fn_job_update(array[v_runs], p_priority => 1) @> '{"updated": 1}';
  perform test.raises('DT400', format('select dot.fn_job_update(array[%L])', v_runs), 'nothing is to be changed%');
  perform test.raises('DT400', format('select dot.fn_job_update(array[%L], 10)', v_runs), 'priority must be%');
  perform test.raises('DT400', format('select dot.fn_job_update(array[%L], p_run_at => ''infinity'')', v_runs), '%finite%');
  perform test.raises('DT400', $q$select dot.fn_job_update(array['x'], 1)$q$);
end
$$;

-- Whoever changes a job must be allowed to ask for what it runs; an agent's change needs its person first.
do $$
declare
  v_admin  constant text := test.actor('adm', 'human', '{dot_admin,dot_operator}');
  v_person constant text := test.actor('ann', 'human', '{dot_operator}');
  v_agent  constant text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_job    constant text := test.by(v_admin, $q$select dot.fn_job_enqueue('system.command', '{"command": "actor disable", "args": {"actor": "bot"}}', now() + interval '30 days') ->> 'job'$q$);
  v_plain  constant text := test.by(v_person, $q$select dot.fn_job_enqueue('system.noop') ->> 'job'$q$);
begin
  assert v_job is not null, 'an administrator may ask for it';
  perform test.equal(test.by(v_person, format('select dot.fn_job_update(array[%L], p_run_at => now()) ->> ''code''', v_job)), 'DT403', 'an operator may not');
  perform test.equal((select state::text from dot.job_queue where job_id = v_job::bigint), 'd', 'it waits');
  perform test.equal(test.by(v_admin, format('select dot.fn_job_update(array[%L], p_priority => 1) ->> ''updated''', v_job)), '1');
  perform test.equal(test.by(v_agent, format('select dot.fn_job_update(array[%L], p_priority => 1) ->> ''code''', v_plain)), 'DT428');
end
$$;
