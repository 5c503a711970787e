create or replace function dot.fn_worker_stop(p_worker uuid, p_state text) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  update dot.queue_heartbeat set state = p_state, is_idle = false, seen_at = clock_timestamp(), running = case p_state when 'stopped' then 0 else running end
   where worker_id = p_worker
$$;
comment on function dot.fn_worker_stop(uuid, text) is 'A worker says that it takes nothing more (draining) or has ended (stopped).';
