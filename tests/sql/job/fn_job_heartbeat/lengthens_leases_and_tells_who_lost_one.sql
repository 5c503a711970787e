do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs(2);
  v_leases jsonb := test.claimed(v_worker, 2);
begin
  perform dot.fn_job_cancel_many(v_jobs[2:2]);
  update dot.job_queue set deadline_at = now() + interval '1 second' where job_id = v_jobs[1];
  perform test.equal(dot.fn_job_heartbeat(v_worker, v_jobs, test.tokens(v_leases), false, 3, 1), '{ok,stale}'::text[]);
  assert (select deadline_at > now() + interval '10 seconds' from dot.job_queue where job_id = v_jobs[1]), 'the lease';
  assert (select done = 3 and failed = 1 from dot.queue_heartbeat where worker_id = v_worker), 'the counters';
  perform test.equal(dot.fn_job_heartbeat(v_worker), '{}'::text[], 'with nothing running');
  -- Whoever stopped it, its beat brings it back to nothing.
  update dot.queue_heartbeat set state = 'stopped' where worker_id = v_worker;
  perform test.raises('DT403', format('select dot.fn_job_heartbeat(%L)', v_worker));
end
$$;
