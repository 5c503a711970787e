do $$
declare
  v_worker uuid := test.worker();
begin
  update dot.queue_heartbeat set running = 3 where worker_id = v_worker;
  perform dot.fn_worker_stop(v_worker, 'draining');
  perform test.equal((select state || running from dot.queue_heartbeat where worker_id = v_worker), 'draining3');
  perform dot.fn_worker_stop(v_worker, 'stopped');
  perform test.equal((select state || running from dot.queue_heartbeat where worker_id = v_worker), 'stopped0');
end
$$;
