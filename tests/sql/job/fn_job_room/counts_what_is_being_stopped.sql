do $$
declare
  v_queue  smallint := (select queue_id from dot.queue_registry where queue_code = 'bench');
  v_worker uuid := test.worker();
  v_leases jsonb;
begin
  perform test.jobs(2);
  v_leases := test.claimed(v_worker, 2);
  perform dot.fn_job_cancel_many((test.job_ids(v_leases))[1:1]);
  perform test.equal(dot.fn_job_room(v_queue, 3, 7), 1, 'one runs, one is being stopped');
  perform dot.fn_job_stopped(test.job_ids(v_leases), test.tokens(v_leases));
  perform test.equal(dot.fn_job_room(v_queue, 3, 7), 2);
end
$$;
