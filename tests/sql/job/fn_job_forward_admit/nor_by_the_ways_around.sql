-- A batch whose last job is brought forward, a limit that is lifted, a subscription that is resumed, moved, or made anew.
do $$
declare
  v_agent   constant text := test.login('bot', '{dot_agent}');
  v_person  constant text := test.login('ann', '{dot_operator}');
  v_refusal constant text[] := array['DT403', 'DT428'];
  v_batch   text;
  v_job     text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal, roles) values ('bot', 'agent', v_agent, 'ann', '{dot_agent}');
  v_batch := test.by(v_person, $q$select dot.fn_batch_open('b', 'system.command', '{"command": "job cancel", "args": {"jobs": ["1"]}}') ->> 'batch'$q$);
  v_job := test.by(v_person, format($q$select dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 day', p_batch => %L) ->> 'job'$q$, v_batch));
  perform test.by(v_person, format('select dot.fn_batch_seal(%L)::text', v_batch));
  perform test.equal(test.by(v_agent, format('select dot.fn_job_retry(array[%L]) ->> ''code''', v_job)) = any (v_refusal), true, 'the end of its batch');
  perform test.by(v_person, $q$select dot.fn_job_enqueue('system.command', '{"command": "job cancel", "args": {"jobs": ["1"]}}', p_queue => 'bench') ->> 'job'$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_queue_set('bench', p_rate_limit => 0) ->> 'code'$q$) = any (v_refusal), true, 'a limit');
  perform set_config('dot.birth', '{"source": "command"}', false);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.fixed', 'dot', '{"command": "job cancel"}', 'system', 'once', 'cancels jobs');
  perform test.by(v_person, $q$select dot.fn_subscription_create('sub', p_deliver => 'job')::text$q$);
  perform test.by(v_person, $q$select dot.fn_subscription_jobs('sub', 'test.fixed')::text$q$);
  perform test.by(v_person, $q$select dot.fn_subscription_pause('sub')::text$q$);
  perform test.equal(test.by(v_agent, $q$select dot.fn_subscription_resume('sub')::text$q$) = any (v_refusal), true, 'resumed');
  perform test.equal(test.by(v_person, $q$select dot.fn_subscription_resume('sub') ->> 'status'$q$), 'active');
  perform test.by(v_person, $q$select dot.fn_subscription_drop('sub')::text$q$);
  perform test.by(v_agent, $q$select dot.fn_subscription_create('sub', p_deliver => 'job')::text$q$);
  perform test.equal((select count(*) from dot.job_subscription), 0::bigint, 'made anew, it makes no jobs of who dropped it');
  -- Nor does the name of a replay belong to whoever guesses it, or one's key to a job of another kind.
  perform test.raises('DT400', $q$select dot.fn_job_enqueue('system.noop', p_namespace => 'dlq.replay', p_key => 'x')$q$);
  perform dot.fn_job_enqueue('system.noop', p_unique_key => 'nightly');
  assert dot.fn_job_enqueue('system.noop', p_unique_key => 'nightly') @> '{"duplicate": true}';
  perform test.refused(dot.fn_job_enqueue('system.notice', p_unique_key => 'nightly'), 'unique_key_taken');
  perform test.raises('DT409', $q$select dot.fn_job_enqueue_many('system.notice', array['{}', '{}']::jsonb[], p_unique_keys => array['other', 'nightly'])$q$, 'element 2: %');
end
$$;
