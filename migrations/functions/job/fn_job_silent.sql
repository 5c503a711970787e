create or replace function dot.fn_job_silent() returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_worker dot.queue_heartbeat;
  v_count  int := 0;
begin
  for v_worker in
    select * from dot.queue_heartbeat h
     where h.state in ('active', 'draining') and h.seen_at < clock_timestamp() - dot.fn_config_int('queue.worker.silent_seconds') * interval '1 second'
     for update skip locked
  loop
    update dot.queue_heartbeat set state = 'silent', is_idle = false, acknowledged_at = null where worker_id = v_worker.worker_id;
    begin
      perform dot.fn_event_emit('system.queue_worker.silent',
        jsonb_build_object('worker_id', v_worker.worker_id, 'worker', v_worker.worker, 'host', v_worker.host, 'pid', v_worker.pid, 'seen_at', v_worker.seen_at,
          'running', v_worker.running), v_worker.worker_id::text);
      perform dot.fn_job_duty_note('silent', 'event');
    exception when others or assert_failure then
      -- It is known to be silent, whether or not that can be told.
      perform dot.fn_job_duty_note('silent', 'event', sqlstate, sqlerrm);
    end;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function dot.fn_job_silent() is
  'Finds workers that have not been heard of for queue.worker.silent_seconds, marks each once and emits system.queue_worker.silent for it. Returns how many. Their jobs are rescued when the leases expire.';
