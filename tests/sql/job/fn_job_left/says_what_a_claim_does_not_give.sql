do $$
declare
  v_worker uuid := test.worker('{render}');
  v_other  uuid := test.worker('{dot}');
begin
  perform dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => 'k') from generate_series(1, 2);
  perform dot.fn_job_claim(v_worker, '{render}', 10);
  perform test.equal(array[dot.fn_job_left(v_worker), dot.fn_job_left(v_other), dot.fn_job_left(gen_random_uuid())], '{t,f,f}'::boolean[]);
  update dot.job_queue set concurrency_key = null where state = 'r';
  perform test.equal(dot.fn_job_left(v_worker), false);
end
$$;
