create or replace function dot.fn_job_list(
  p_state text default null, p_queue text default null, p_kind text default null, p_correlation text default null, p_batch uuid default null,
  p_after text default null, p_limit int default 100)
returns table (job bigint, state text, kind text, queue text, priority int, attempts int, run_at timestamptz, worker uuid, enqueued_at timestamptz, finished_at timestamptz, error text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  return query
    select a.job_id, a.state, k.job_kind, q.queue_code, a.priority::int, a.attempts::int, a.run_at, a.worker_id, a.enqueued_at, a.finished_at, a.error
      from (
        (select j.job_id, case j.state when 'r' then 'ready' when 'd' then 'deferred' else 'running' end as state, j.kind_id, j.queue_id, j.priority, j.attempts,
                j.run_at, j.worker_id, j.enqueued_at, null::timestamptz as finished_at, j.last_error ->> 'message' as error
           from dot.job_queue j
          where (p_state is null or p_state in ('ready', 'deferred', 'running', 'live'))
            and (p_state is null or p_state = 'live' or j.state = case p_state when 'ready' then 'r' when 'deferred' then 'd' else 'x' end)
            and (p_queue is null or j.queue_id = (select x.queue_id from dot.queue_registry x where x.queue_code = p_queue))
            and (p_kind is null or j.kind_id = (select x.kind_id from dot.job_kind_registry x where x.job_kind = p_kind))
            and (p_correlation is null or j.correlation_id = p_correlation) and (p_batch is null or j.batch_id = p_batch)
            and (p_after is null or j.job_id < p_after::bigint)
          order by j.job_id desc limit p_limit)
        union all
        (select h.job_id, case h.outcome when 's' then 'succeeded' when 'x' then 'dead' else 'cancelled' end, h.kind_id, h.queue_id, h.priority, h.attempts,
                h.run_at, h.worker_id, h.enqueued_at, h.finished_at, case when h.outcome <> 's' then coalesce(h.result ->> 'message', h.result ->> 'reason') end
           from dot.job_history h
          where (p_state is null or p_state in ('succeeded', 'dead', 'cancelled', 'ended'))
            and (p_state is null or p_state = 'ended' or h.outcome = case p_state when 'succeeded' then 's' when 'dead' then 'x' else 'c' end)
            and (p_queue is null or h.queue_id = (select x.queue_id from dot.queue_registry x where x.queue_code = p_queue))
            and (p_kind is null or h.kind_id = (select x.kind_id from dot.job_kind_registry x where x.job_kind = p_kind))
            and (p_correlation is null or h.correlation_id = p_correlation) and (p_batch is null or h.batch_id = p_batch)
            and (p_after is null or h.job_id < p_after::bigint)
          order by h.job_id desc limit p_limit)) a
      join dot.job_kind_registry k using (kind_id)
      join dot.queue_registry q using (queue_id)
     order by a.job_id desc limit p_limit;
end
$$;
comment on function dot.fn_job_list(text, text, text, text, uuid, text, int) is
  'Jobs, the newest first. p_state: ready, deferred, running, live (those three), succeeded, dead, cancelled, ended (those three); null: all. p_after is the last job of the page before.';
