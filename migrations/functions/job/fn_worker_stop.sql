create or replace function dot.fn_worker_stop(p_worker uuid, p_state text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_state is null or p_state not in ('draining', 'stopped') then
    raise exception using errcode = 'DT400', message = format('a worker says of itself that it is draining or stopped, not %L', p_state);
  end if;
  perform dot.fn_worker_own(p_worker);
  update dot.queue_heartbeat set state = p_state, is_idle = false, seen_at = clock_timestamp(), running = case p_state when 'stopped' then 0 else running end
   where worker_id = p_worker;
  if p_state = 'stopped' then
    delete from dot.job_stopping g where g.worker_id = p_worker;
  end if;
end
$$;
comment on function dot.fn_worker_stop(uuid, text) is
  'A worker of this login says that it takes nothing more (draining) or has ended (stopped). DT403 for another''s, which dot worker drain stops; DT400 for any other word.';
