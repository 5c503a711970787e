do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs(2);
  v_leases jsonb := test.claimed(v_worker, 2);
begin
  update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased';
  perform test.equal(dot.fn_job_fail(test.job_ids(v_leases), test.tokens(v_leases), '{transient,permanent}', array['{"message": "a"}', '{"message": "b"}']::jsonb[]), '{retry,dead}'::text[]);
  assert dot.fn_job_one(v_jobs[1]) @> '{"state": "deferred", "last_error": {"message": "a"}}', dot.fn_job_one(v_jobs[1])::text;
  assert dot.fn_job_one(v_jobs[2]) @> '{"state": "dead", "last_error": {"message": "b"}}', dot.fn_job_one(v_jobs[2])::text;
  perform test.equal(dot.fn_job_fail(test.job_ids(v_leases), test.tokens(v_leases), '{transient,transient}'), '{stale,stale}'::text[]);
end
$$;
