do $$
declare
  v_worker uuid := test.worker();
  v_job    bigint := (test.jobs())[1];
  v_leases jsonb;
begin
  perform test.equal(dot.fn_job_one(v_job) ->> 'state', 'ready');
  v_leases := test.claimed(v_worker);
  perform test.equal(dot.fn_job_one(v_job) ->> 'state', 'running');
  perform test.equal((dot.fn_job_one(v_job) ->> 'worker')::uuid, v_worker);
  perform dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases), array['{"n": 1}'::jsonb]);
  assert dot.fn_job_one(v_job) @> '{"state": "succeeded", "result": {"n": 1}, "attempts": 1}', dot.fn_job_one(v_job)::text;
  perform test.equal(dot.fn_job_one(0), null::jsonb);
end
$$;
