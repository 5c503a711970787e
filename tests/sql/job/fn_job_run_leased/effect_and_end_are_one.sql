create function dot.fn_test_effect(p_payload jsonb) returns jsonb language sql volatile set search_path = dot, pg_temp as $$ select jsonb_build_object('said', p_payload ->> 'n') $$;
do $$
declare
  v_worker uuid := test.worker('{sql}');
  v_job    record;
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.effect', 'sql', '{"function": "fn_test_effect", "set": false}', 'default', 'standard', 'a test');
  perform dot.fn_job_enqueue('test.effect', '{"n": 7}');
  select * into v_job from dot.fn_job_claim(v_worker, '{sql}', 1);
  perform test.raises('DT409', format('select dot.fn_job_run_leased(%L, %s, %s)', v_worker, v_job.job, v_job.token + 1), '%not held%');
  perform test.raises('DT409', format('select dot.fn_job_run_leased(%L, %s, %s)', test.worker('{sql}'), v_job.job, v_job.token), '%not held%');
  perform dot.fn_job_run_leased(v_worker, v_job.job, v_job.token);
  perform test.equal((select result from dot.job_history where job_id = v_job.job), '{"said": "7"}'::jsonb);
  perform test.raises('DT409', format('select dot.fn_job_run_leased(%L, %s, %s)', v_worker, v_job.job, v_job.token), '%not held%');
end
$$;
