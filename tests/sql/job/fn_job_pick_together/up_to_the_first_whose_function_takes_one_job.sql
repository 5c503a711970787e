do $$
declare
  v_queue smallint;
  v_class smallint;
  v_first bigint[];
  v_one   bigint;
  v_last  bigint[];
begin
  create function dot.fn_test_one(p_payload jsonb) returns jsonb language sql volatile set search_path = dot, pg_temp as $f$ select p_payload $f$;
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  select 'test.one', executor_class, '{"function": "fn_test_one"}', queue_code, retry_policy, 'x' from dot.job_kind_registry where job_kind = 'system.noop';
  v_first := test.jobs(2, 'system.noop');
  v_one := (test.jobs(1, 'test.one'))[1];
  v_last := test.jobs(2, 'system.noop');
  select queue_id, class_id into v_queue, v_class from dot.job_queue where job_id = v_one;
  perform test.equal(dot.fn_job_pick_together(v_queue, v_class, false, 10, true), v_first, 'those before it');
  delete from dot.job_queue where job_id = any (v_first);
  perform test.equal(dot.fn_job_pick_together(v_queue, v_class, false, 10, false), '{}'::bigint[], 'not beside what was done');
  perform test.equal(dot.fn_job_pick_together(v_queue, v_class, false, 10, true), array[v_one], 'alone');
  delete from dot.job_queue where job_id = v_one;
  perform test.equal(dot.fn_job_pick_together(v_queue, v_class, false, 10, false), v_last);
end
$$;
