do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs();
  v_leases jsonb := test.claimed(v_worker);
begin
  update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased';
  perform test.equal(dot.fn_job_fail_transient(v_jobs, test.tokens(v_leases)), '{retry}'::text[]);
  perform test.equal(dot.fn_job_one(v_jobs[1]) ->> 'state', 'deferred');
end
$$;
