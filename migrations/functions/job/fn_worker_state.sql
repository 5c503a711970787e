create or replace function dot.fn_worker_state(p_worker uuid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select h.state from dot.queue_heartbeat h where h.worker_id = p_worker
$$;
comment on function dot.fn_worker_state(uuid) is 'What is known of a worker: active, draining (it is to take nothing more), stopped, silent; null when it is not known.';
