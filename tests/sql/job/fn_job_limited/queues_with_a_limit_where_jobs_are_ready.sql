do $$
declare
  v_worker uuid := test.worker('{sql,render}');
  v_job    bigint;
  v_leases jsonb;
begin
  perform test.equal(dot.fn_job_limited(v_worker), '{}'::text[]);
  perform dot.fn_job_enqueue('system.noop', p_queue => 'bench');
  perform test.equal(dot.fn_job_limited(v_worker), '{}'::text[], 'no limit');
  perform dot.fn_queue_set('bench', p_max_running => 1);
  perform test.equal(dot.fn_job_limited(v_worker), '{bench}'::text[]);
  perform test.equal(dot.fn_job_limited(v_worker, '{default}'), '{}'::text[], 'another queue');
  assert dot.fn_job_run_sql(v_worker) @> '{"succeeded": 0, "limited": ["bench"]}', 'a lease is needed';
  select c.job, c.token into strict v_job from dot.fn_job_claim(v_worker, '{sql}', 10) c;
  perform test.equal(dot.fn_job_limited(v_worker), '{}'::text[], 'nothing is ready');
  perform dot.fn_job_enqueue('system.noop', p_queue => 'bench', p_concurrency_key => 'k');
  perform test.equal(dot.fn_job_limited(v_worker), '{bench}'::text[], 'with a key');
  assert dot.fn_job_left(v_worker), 'what a limit holds back is left';
  perform test.equal((select count(*) from dot.fn_job_claim(v_worker, '{sql}', 10)), 0::bigint, 'one runs');
end
$$;
