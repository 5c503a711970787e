create or replace function dot.fn_problems_event()
returns table (category text, signal text, since timestamptz, count bigint, what text, cure text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'lag', 'subscription_behind', l.oldest, l.pending,
         case l.status when 'expired' then format('subscription %s has lost events: it was behind by more than it may be', l.subscription)
           else format('subscription %s is behind by more than %s', l.subscription, l.max_lag) end,
         case when l.status = 'expired' then format('dot subscription seek %s --to oldest --yes', l.subscription)
           when l.status = 'paused' then format('dot subscription resume %s', l.subscription)
           when l.deliver = 'job' then coalesce(dot.fn_problem_gate('queue.worker.enabled'), 'dot worker run --until-idle')
           when l.deliver = 'function' then 'dot consumer run'
           else format('dot subscription read %s', l.subscription) end
    from dot.fn_event_lag() l where l.state = 'red'
  union all
  select 'lag', 'failed_deliveries', min(o.emitted_at), count(*), format('consumer %s could not take events', d.consumer_code), format('dot consumer retry %s', d.consumer_code)
    from dot.consumer_delivery d left join dot.event_outbox o using (event_id) where d.state = 'failed' group by d.consumer_code
  union all
  select 'schema', 'rejected_events', r.since, r.count, format('events of type %s are refused (%s)', r.event_type, r.reasons),
         -- It is typed into a shell, and its name is whatever its producer liked.
         case when r.event_type ~ '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' then format('dot event acknowledge %s', r.event_type) else 'dot event acknowledge --every' end
    from (select v.event_type, min(v.rejected_at) as since, max(v.rejected_at) as last, count(*), string_agg(distinct v.reason, ', ') as reasons
            from dot.event_validation_audit v
           where v.rejected_at > clock_timestamp() - interval '1 day' and v.acknowledged_at is null group by v.event_type) r
   -- Until one is taken again, or somebody says that they know of it.
   where not exists (select 1 from dot.event_outbox o where o.event_type = r.event_type and o.emitted_at > r.last)
$$;
comment on function dot.fn_problems_event() is
  'For fn_problems: subscriptions that fn_event_lag calls red, deliveries that failed, and event types of which events were refused within a day, which nobody has acknowledged (fn_event_acknowledge), and none was taken since.';
