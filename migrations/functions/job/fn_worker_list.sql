create or replace function dot.fn_worker_list(p_ended boolean default false)
returns table (worker uuid, name text, state text, login text, host text, pid int, classes text[], queues text[], running int, done bigint, failed bigint, seen_at timestamptz, started_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select h.worker_id, h.worker,
         case when exists (select 1 from dot.v_queue_health s where s.signal = 'worker' and s.value = h.worker_id::text and s.status_hint = 'silent') then 'silent' else h.state end, h.login, h.host, h.pid, h.classes, h.queues, h.running, h.done, h.failed, h.seen_at, h.started_at
    from dot.queue_heartbeat h where p_ended or h.state <> 'stopped'
   order by h.started_at desc
$$;
comment on function dot.fn_worker_list(boolean) is 'Workers, the newest first; those that have ended only with p_ended. queues empty: all.';
