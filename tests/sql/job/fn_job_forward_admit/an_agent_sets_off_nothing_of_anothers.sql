-- A kind that always runs one command: who may not run that command sets off none of its jobs that others asked for, by none of
-- the ways in which what waits is brought forward; nor does an event do it for them.
do $$
declare
  v_agent   constant text := test.login('bot', '{dot_agent}');
  v_person  constant text := test.login('ann', '{dot_operator}');
  v_refusal constant text[] := array['DT403', 'DT428'];
  v_job     text;
  v_batch   text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal, roles) values ('bot', 'agent', v_agent, 'ann', '{dot_agent}');
  perform set_config('dot.birth', '{"source": "command"}', false);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.fixed', 'dot', '{"command": "job cancel"}', 'system', 'once', 'cancels jobs'), ('test.mild', 'dot', '{"command": "queue list"}', 'system', 'once', 'lists queues');
  v_job := test.by(v_person, $q$select dot.fn_job_enqueue('test.fixed', '{"jobs": ["1"]}', now() + interval '1 hour') ->> 'job'$q$);
  perform test.equal(test.by(v_agent, format('select dot.fn_job_retry(array[%L]) ->> ''code''', v_job)) = any (v_refusal), true, 'retry');
  perform test.by(v_person, $q$select dot.fn_schedule_create('s', '* * * * *', 'test.fixed', '{"jobs": ["1"]}')::text$q$);
  perform test.by(v_person, $q$select dot.fn_schedule_pause('s')::text$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_schedule_resume('s') ->> 'code'$q$) = any (v_refusal), true, 'schedule resume');
  v_batch := test.by(v_person, $q$select dot.fn_batch_open('b', 'test.fixed', '{"jobs": ["1"]}') ->> 'batch'$q$);
  perform test.equal(test.by(v_agent, format('select dot.fn_batch_seal(%L) ->> ''code''', v_batch)) = any (v_refusal), true, 'batch seal');
  perform test.by(v_person, $q$select dot.fn_queue_pause('system')::text$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_queue_resume('system') ->> 'code'$q$) = any (v_refusal), true, 'queue resume');
  perform test.equal((select status from dot.queue_registry where queue_code = 'system'), 'paused');
  perform test.by(v_agent, $q$select dot.fn_subscription_create('sub', p_deliver => 'job')::text$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_subscription_jobs('sub', 'test.fixed') ->> 'code'$q$) = any (v_refusal), true, 'subscription jobs');
  -- What it may run, it may set off, and it stays the one who asked.
  perform test.equal(test.by(v_agent, $q$select dot.fn_subscription_jobs('sub', 'test.mild') ->> 'kind'$q$), 'test.mild');
  perform test.by(v_person, $q$select dot.fn_subscription_create('theirs', p_deliver => 'job')::text$q$);
  perform test.equal(test.by(v_person, $q$select dot.fn_subscription_jobs('theirs', 'test.fixed') ->> 'kind'$q$), 'test.fixed', 'who may run it');
  perform dot.fn_event_emit('system.queue_worker.silent', '{"worker_id": "01930c5e-0000-7000-8000-00000000000b", "worker": "x", "host": "", "pid": 1, "seen_at": "", "running": 0}');
  perform test.equal((select array_agg(s.wanted_by ->> 'actor' order by s.subscription_code) from dot.job_subscription s), array['bot', 'ann']);
  perform test.equal(test.by(v_person, $q$select dot.fn_queue_resume('system') ->> 'status'$q$), 'active');
end
$$;
