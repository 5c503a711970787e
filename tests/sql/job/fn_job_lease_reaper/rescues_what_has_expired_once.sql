do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs(2);
  v_leases jsonb := test.claimed(v_worker, 2);
begin
  update dot.job_kind_registry set retry_policy = 'standard' where job_kind = 'system.noop_leased';
  update dot.job_queue set deadline_at = clock_timestamp() - interval '1 second' where job_id = v_jobs[1];
  assert dot.fn_job_lease_reaper() @> '{"rescued": 1, "dead": 0}';
  assert dot.fn_job_lease_reaper() @> '{"rescued": 0, "dead": 0}', 'once';
  perform test.equal(dot.fn_job_complete(v_jobs, test.tokens(v_leases)), '{stale,ok}'::text[], 'the late worker');
  perform dot.fn_gate_set('queue.lease_reaper.enabled', 'closed');
  perform test.refused(dot.fn_job_lease_reaper(), 'gate_closed');
end
$$;
