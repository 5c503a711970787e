do $$
declare
  v_worker uuid := test.worker();
  v_leases jsonb;
begin
  perform test.jobs();
  v_leases := test.claimed(v_worker);
  perform dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases));
  perform test.raises('DT409', 'update dot.job_history set worker_id = null');
  perform test.raises('DT409', 'delete from dot.job_history');
  perform test.raises('DT409', 'truncate dot.job_history');
  perform test.raises('DT409', $q$update dot.queue_heartbeat set login = 'another'$q$);
  perform test.raises('DT409', 'update dot.queue_heartbeat set run_id = null');
  perform test.raises('DT409', 'truncate dot.queue_heartbeat');
  perform dot.fn_job_heartbeat(v_worker);
end
$$;
