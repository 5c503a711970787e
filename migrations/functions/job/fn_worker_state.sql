create or replace function dot.fn_worker_state(p_worker uuid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case h.state when 'active' then coalesce(dot.fn_job_gate('queue.worker.enabled') ->> 'reason', dot.fn_job_gate('queue.job_substrate.enabled') ->> 'reason', 'active') else h.state end
    from dot.queue_heartbeat h where h.worker_id = p_worker
$$;
comment on function dot.fn_worker_state(uuid) is
  'What is known of a worker: active, draining (it is to take nothing more), stopped, silent, or, where it is active and is given nothing, why: gate_closed, job_substrate_disabled, frozen; null when it is not known.';
