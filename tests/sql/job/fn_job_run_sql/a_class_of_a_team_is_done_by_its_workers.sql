do $$
declare
  v_sql  uuid := (dot.fn_worker_start() ->> 'worker')::uuid;
  v_ours uuid;
begin
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.executor_class_registry (class_code, executor_kind, mutating, is_leased, description) values ('ours', 'database', true, false, 'x');
  insert into dot.job_kind_registry (job_kind, executor_class, queue_code, retry_policy, summary, target)
  select 'ours.run', 'ours', queue_code, retry_policy, 'x', target from dot.job_kind_registry where job_kind = 'system.noop';
  perform set_config('dot.birth', '', true);
  v_ours := (dot.fn_worker_start('{ours}') ->> 'worker')::uuid;
  perform dot.fn_job_enqueue('ours.run'), dot.fn_job_enqueue('system.noop');
  assert dot.fn_job_run_sql(v_sql, 1) @> '{"succeeded": 1}' and dot.fn_job_run_sql(v_sql) @> '{"succeeded": 0}', 'its own class alone';
  assert dot.fn_job_run_sql(v_ours) @> '{"succeeded": 1}';
end
$$;
