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
  select v.rejected_at, 'rejected', v.audit_id::text, v.event_type, 'refused', v.producer, v.reason
    from dot.event_validation_audit v where v.correlation_id = p_id or v.trace_id = p_id or v.run_id in (select r.run_id from run r)
  order by 1, 2 desc, 3
$$;
comment on function dot.fn_event_timeline(text) is
  'All that happened under a correlation id, a trace id or in a run, in time: runs, the events they emitted, what became of those at consumers, and emits that were rejected.';
