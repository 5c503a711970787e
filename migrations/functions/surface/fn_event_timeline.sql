create or replace function dot.fn_event_timeline(p_id text)
returns table (at timestamptz, what text, id text, kind text, state text, actor text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with run as (
    select * from dot.dot_command_run r where r.correlation_id = p_id
    union
    select * from dot.dot_command_run r where r.trace_id = p_id
    union
    select * from dot.dot_command_run r where p_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' and r.run_id::text = lower(p_id)
  ), event as (
    select * from dot.event_outbox e where e.correlation_id = p_id
    union
    select * from dot.event_outbox e where e.trace_id = p_id
    union
    -- Of a run that is named, or that stands in the line: what it emitted carries its trace.
    select e.* from run r join dot.event_outbox e on e.trace_id = r.trace_id and e.run_id = r.run_id
  ), trace as (
    select p_id as trace_id union select r.trace_id from run r union select e.trace_id from event e
  ), job as (
    select j.job_id, j.enqueued_at, j.kind_id, case j.state when 'r' then 'ready' when 'd' then 'deferred' else 'running' end as state, j.enqueued_by, j.attempts,
           j.last_error ->> 'message' as error
      from dot.job_queue j where j.correlation_id = p_id or j.trace_id in (select t.trace_id from trace t)
    union all
    select h.job_id, h.enqueued_at, h.kind_id, case h.outcome when 's' then 'succeeded' when 'x' then 'dead' else 'cancelled' end, h.enqueued_by, h.attempts,
           case when h.outcome <> 's' then coalesce(h.result ->> 'message', h.result ->> 'reason') end
      from trace t join dot.job_history h on h.trace_id = t.trace_id and h.trace_id is not null
  )
  select r.started_at, 'run', r.run_id::text, r.command_code, r.state, r.actor, concat_ws(', ', nullif(r.mode, 'run'), r.pair ->> 'verdict', r.error ->> 'message')
    from run r
  union all
  select e.emitted_at, 'event', e.event_id::text, e.event_type, null, e.producer, concat_ws(' ', e.subject, e.key)
    from event e
  union all
  select d.updated_at, 'delivery', d.event_id::text, d.consumer_code, d.state, null, d.error ->> 'message'
    from event e join dot.consumer_delivery d on d.event_id = e.event_id
  union all
  select j.enqueued_at, 'job', j.job_id::text, k.job_kind, j.state, j.enqueued_by, concat_ws(', ', case when j.attempts > 1 then format('attempt %s', j.attempts) end, j.error)
    from job j join dot.job_kind_registry k using (kind_id)
  union all
  select v.rejected_at, 'rejected', v.audit_id::text, v.event_type, 'refused', v.producer, v.reason
    from dot.event_validation_audit v where v.correlation_id = p_id or v.trace_id = p_id or v.run_id in (select r.run_id from run r)
  order by 1, 2 desc, 3
$$;
comment on function dot.fn_event_timeline(text) is
  'All that happened under a correlation id, a trace id or in a run, in time: runs, the events they emitted, what became of those at consumers, the jobs under the same traces (ended ones as long as the history keeps them), and emits that were rejected.';
