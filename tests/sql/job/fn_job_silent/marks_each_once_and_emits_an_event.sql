do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.equal(dot.fn_job_silent(), 0);
  update dot.queue_heartbeat set seen_at = clock_timestamp() - interval '1 day' where worker_id = v_worker;
  perform test.equal(dot.fn_job_silent(), 1);
  perform test.equal(dot.fn_job_silent(), 0, 'once');
  perform test.equal(dot.fn_worker_state(v_worker), 'silent');
  assert exists (select 1 from dot.event_outbox where event_type = 'system.queue_worker.silent' and payload ->> 'worker_id' = v_worker::text);
end
$$;
