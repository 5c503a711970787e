do $$
declare
  v_worker uuid := test.worker('{sql}');
begin
  create function dot.fn_test_one(p_payload jsonb) returns jsonb language sql volatile set search_path = dot, pg_temp as $f$ select p_payload $f$;
  alter function dot.fn_test_one(jsonb) owner to dot_owner;
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.one', 'sql', '{"function": "fn_test_one"}', 'bench', 'standard', 'x');
  perform dot.fn_job_enqueue_many('test.one', array(select jsonb_build_object('n', n) from generate_series(1, 3) n));
  perform dot.fn_job_enqueue('test.one', p_concurrency_key => 'k');
  for n in 1 .. 4 loop
    assert dot.fn_job_run_sql(v_worker, 100) @> '{"succeeded": 1}', format('one, call %s', n);
  end loop;
  assert dot.fn_job_run_sql(v_worker, 100) @> '{"succeeded": 0}';
end
$$;
