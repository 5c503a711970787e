do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs();
  v_leases jsonb := test.claimed(v_worker);
begin
  perform test.equal(dot.fn_job_release(v_jobs, test.tokens(v_leases)), '{ok}'::text[]);
  assert dot.fn_job_one(v_jobs[1]) @> '{"state": "ready", "attempts": 0}', dot.fn_job_one(v_jobs[1])::text;
  perform test.equal(dot.fn_job_release(v_jobs, test.tokens(v_leases)), '{stale}'::text[]);
  v_leases := test.claimed(v_worker);
  perform dot.fn_job_release(v_jobs, test.tokens(v_leases), '1 hour');
  perform test.equal(dot.fn_job_one(v_jobs[1]) ->> 'state', 'deferred', 'for later');
end
$$;
