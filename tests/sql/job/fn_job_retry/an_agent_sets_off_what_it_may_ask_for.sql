do $$
declare
  v_agent  constant text := test.login('bot', '{dot_agent}');
  v_person constant text := test.login('ann', '{dot_operator}');
  v_job    text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal, roles) values ('bot', 'agent', v_agent, 'ann', '{dot_agent}');
  v_job := test.by(v_person, $q$select dot.fn_job_enqueue('system.command', '{"command": "job cancel", "args": {"jobs": ["1"]}}', now() + interval '30 days') ->> 'job'$q$);
  perform test.equal(test.by(v_agent, format('select dot.fn_job_retry(array[%L]) ->> ''code''', v_job)) in ('DT403', 'DT428'), true, 'not what is beyond it');
  perform test.equal((select state::text from dot.job_queue where job_id = v_job::bigint), 'd', 'it waits');
  perform test.by(v_person, $q$select dot.fn_schedule_create('s', '* * * * *', 'system.command', '{"command": "job cancel", "args": {"jobs": ["1"]}}')::text$q$);
  perform test.by(v_person, $q$select dot.fn_schedule_pause('s')::text$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_schedule_resume('s') ->> 'code'$q$) in ('DT403', 'DT428'), true);
  perform test.equal((select status from dot.job_schedule where schedule_code = 's'), 'paused');
  perform test.equal(test.by(v_person, format('select dot.fn_job_retry(array[%L]) ->> ''ready''', v_job)), '1');
end
$$;
