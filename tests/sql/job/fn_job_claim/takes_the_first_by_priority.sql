do $$
declare
  v_worker uuid := test.worker();
  v_late   bigint := (dot.fn_job_enqueue('system.noop_leased', p_priority => 9) ->> 'job')::bigint;
  v_soon   bigint := (dot.fn_job_enqueue('system.noop_leased', p_priority => 0) ->> 'job')::bigint;
  v_other  bigint := (dot.fn_job_enqueue('system.noop') ->> 'job')::bigint;
begin
  perform test.equal((select array_agg(job) from dot.fn_job_claim(v_worker, '{render}', 1)), array[v_soon]);
  perform test.equal((select array_agg(job) from dot.fn_job_claim(v_worker, '{render}', 10)), array[v_late], 'of its class only');
  assert (select bool_and(attempts = 1 and lease_token is not null and worker_id = v_worker) from dot.job_queue where state = 'x');
  perform test.raises('DT400', format('select * from dot.fn_job_claim(%L, ''{render}'', 0)', v_worker));
end
$$;
