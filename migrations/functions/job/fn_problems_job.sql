create or replace function dot.fn_problems_job()
returns table (category text, signal text, since timestamptz, count bigint, what text, cure text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select p.category, h.signal, p.since, p.count, coalesce(p.what, h.says), p.cure
    from dot.v_queue_health h
   cross join lateral (
      -- Those that a request means already go on with it.
      select 'dlq', min(l.died_at), count(*),
             format(case when a.again then 'jobs of kind %s were replayed and died again of the same failure (%s): discard them, or mend what fails before dot dlq request replays them once more'
                      else 'jobs of kind %s failed for good (%s)' end, k.job_kind, string_agg(distinct l.failure_class, ', ')),
             case when a.again then format('dot dlq discard %s --note WHY --yes', array_to_string((array_agg(l.dead_letter_id order by l.dead_letter_id))[:100], ' '))
               -- Those that are to be discarded are not replayed with the others.
               when q.request_id is null and bool_or(o.others) then format('dot dlq request %s --note WHY', array_to_string((array_agg(l.dead_letter_id order by l.dead_letter_id))[:100], ' '))
               when q.request_id is null then format('dot dlq request --kind %s --note WHY', k.job_kind)
               when q.needs_approval and dot.fn_proposal_state(p.proposal_state, p.expires_at) not in ('approved', 'merged') then format('dot dlq approve %s --rationale WHY', q.request_id)
               else coalesce(dot.fn_problem_gate('queue.dlq.replay_enabled'), format('dot dlq replay %s --yes', q.request_id)) end
        from dot.job_dead_letter l join dot.job_kind_registry k using (kind_id)
        left join (dot.dlq_replay_item i join dot.dlq_replay q using (request_id) left join dot.proposal p using (proposal_id))
          on i.dead_letter_id = l.dead_letter_id and i.state = 'waiting' and q.state <> 'done'
       cross join lateral (
         select q.request_id is null and exists (
           select 1 from dot.job_dead_letter f where f.dead_letter_id = l.replay_of and f.failure_class = l.failure_class) as again) a
       cross join lateral (
         select exists (
           select 1 from dot.job_dead_letter s join dot.job_dead_letter f on f.dead_letter_id = s.replay_of and f.failure_class = s.failure_class
            where s.kind_id = l.kind_id and s.state = 'open') as others) o
       where h.signal = 'open_dead_letters' and l.state = 'open' group by k.job_kind, q.request_id, q.needs_approval, p.proposal_state, p.expires_at, a.again
      union all
      select 'silent', min(w.seen_at), count(*), null,
             case count(*) when 1 then format('dot worker acknowledge %s', min(w.worker_id::text)) else 'dot worker acknowledge --every' end
        from dot.queue_heartbeat w join dot.v_queue_health s on s.signal = 'worker' and s.value = w.worker_id::text and not s.ok where h.signal = 'silent_workers'
      union all
      select 'silent', min(j.deadline_at), count(*), null, coalesce(dot.fn_problem_gate('queue.lease_reaper.enabled'), 'dot lease reap --yes')
        from dot.job_queue j where h.signal = 'expired_leases' and j.state = 'x' and j.deadline_at < clock_timestamp()
      union all
      select 'overdue', min(j.run_at), count(*), case q.status when 'paused' then format('queue %s is paused, and its jobs wait', q.queue_code) else format('jobs of queue %s are ready and nobody takes them', q.queue_code) end,
             coalesce(case q.status when 'paused' then format('dot queue resume %s', q.queue_code) end, dot.fn_problem_gate('queue.worker.enabled'),
               format('dot worker run --until-idle --class %s --queue %s', string_agg(distinct k.executor_class, ','), q.queue_code))
        from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
       where h.signal = 'starved_queues' and j.state = 'r' and q.queue_code = any (string_to_array(h.value, ', ')) group by q.queue_code, q.status
      union all
      select 'overdue', min(j.run_at), count(*), null,
             coalesce(dot.fn_problem_gate('queue.worker.enabled'), format('dot worker run --until-idle --class %s', string_agg(distinct k.executor_class, ',')))
        from dot.job_queue j join dot.job_kind_registry k using (kind_id)
       where h.signal = 'overdue_deferred' and j.state = 'd' and j.run_at < clock_timestamp() - interval '1 minute'
      union all
      select 'overdue', s.next_at, 1, format('schedule %s is due and nobody fires it', s.schedule_code), coalesce(dot.fn_problem_gate('queue.worker.enabled'), 'dot worker run --until-idle')
        from dot.job_schedule s where h.signal = 'late_schedules' and s.schedule_code = any (string_to_array(h.value, ', '))
      union all
      select 'overdue', min(j.enqueued_at), count(*), format('jobs wait in %s %s, which is retired', r.registry, r.key), format('dot registry reinstate %s %s --why WHY', r.registry, r.key)
        from dot.job_queue j join dot.queue_registry q using (queue_id) join dot.executor_class_registry e using (class_id)
       cross join lateral (values ('queues', q.queue_code, q.status), ('executor-classes', e.class_code, e.status)) r(registry, key, status)
       where h.signal = 'stranded_jobs' and j.state in ('r', 'd') and r.status = 'retired' group by r.registry, r.key
      union all
      select 'lag', e.changed_at, 1, format('events of subscription %s become no jobs: it does not say which', e.subscription_code),
             format('dot subscription jobs %s --kind KIND', e.subscription_code)
        from dot.event_subscription e where h.signal = 'unbound_subscriptions' and e.subscription_code = any (string_to_array(h.value, ', '))
      union all
      select 'integrity', d.failing_since, d.failures, format('housekeeping: %s: %s (%s)', concat_ws(' ', d.duty, nullif(d.item, '')), d.message, d.code),
             case d.duty when 'fired' then 'dot schedule check ' || d.item when 'delivered' then 'dot subscription check ' || d.item else 'dot queue health' end
        from dot.job_duty d where h.signal = 'failing_duties') p(category, since, count, what, cure)
   where not h.ok and h.signal <> 'worker' and p.count > 0
$$;
comment on function dot.fn_problems_job() is
  'For fn_problems: what v_queue_health calls not well, by what cures it.';
