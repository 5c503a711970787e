do $$
declare
  v_worker uuid := test.worker('{sql}');
  v_good   bigint[] := test.jobs(2, 'system.noop');
  v_done   jsonb;
begin
  assert dot.fn_job_run_sql(v_worker) @> '{"succeeded": 2, "dead": 0}';
  update dot.job_kind_registry set target = '{"function": "fn_no_such_function"}' where job_kind = 'system.noop';
  perform test.jobs(1, 'system.noop');
  v_done := dot.fn_job_run_sql(v_worker);
  assert (v_done ->> 'succeeded')::int = 0 and (v_done ->> 'dead')::int + (v_done ->> 'retry')::int = 1, v_done::text;
  perform test.equal((select count(*) from dot.job_history where job_id = any (v_good) and outcome = 's'), 2::bigint, 'what was done stays done');
end
$$;
