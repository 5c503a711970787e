-- squawk-ignore-file ban-drop-view
-- A worker that fell silent stays a sign of trouble until somebody says that they know.
set local role dot_owner;
alter table dot.queue_heartbeat add column acknowledged_at timestamptz;
comment on column dot.queue_heartbeat.acknowledged_at is 'When somebody said that they know of this silence; null again with the next one.';
create or replace view dot.v_queue_health as
  -- Found by whoever looks: where every worker has died, none is there to find it.
  with silence as (
    select w.worker_id from dot.queue_heartbeat w
     where w.state = 'silent' and w.acknowledged_at is null
        or w.state in ('active', 'draining') and w.seen_at < clock_timestamp() - (
          select (c.value #>> '{}')::int * interval '1 second' from dot.dot_config c where c.config_key = 'queue.worker.silent_seconds'))
  select s.signal, s.ok, s.value, s.says, null::text as status_hint
    from (
      select 'expired_leases' as signal, count(*) = 0 as ok, count(*)::text as value, 'jobs whose lease expired over a minute ago: nobody rescues them' as says
        from dot.job_queue where state = 'x' and deadline_at < clock_timestamp() - interval '1 minute'
      union all
      select 'silent_workers', count(*) = 0, count(*)::text, 'workers that stopped without saying so, and that nobody has acknowledged'
        from silence
      union all
      select 'starved_queues', count(*) = 0, coalesce(string_agg(s.queue_code, ', ' order by s.queue_code), ''), 'queues whose first job has waited for over five minutes, or for over an hour where they are paused'
        from (select q.queue_code from dot.queue_registry q
               where q.status in ('active', 'paused') and (
                 select min(j.run_at) from (
                   select b.run_at from dot.job_queue b where b.state = 'r' and b.queue_id = q.queue_id order by b.ready_seq limit 1) j) < clock_timestamp() - case q.status when 'active' then interval '5 minutes' else interval '1 hour' end) s
      union all
      select 'open_dead_letters', count(*) = 0, count(*)::text, 'jobs that failed for good and that nobody has looked after' from dot.job_dead_letter where state = 'open'
      union all
      select 'overdue_deferred', count(*) = 0, count(*)::text, 'deferred jobs due for over a minute: nobody puts them in line'
        from (select 1 from dot.job_queue where state = 'd' and run_at < clock_timestamp() - interval '1 minute' limit 1000) d
      union all
      select 'unbound_subscriptions', count(*) = 0, coalesce(string_agg(e.subscription_code, ', ' order by e.subscription_code), ''), 'subscriptions delivered as jobs of which nobody has said which jobs: dot subscription jobs'
        from dot.event_subscription e
       where e.deliver = 'job' and e.status = 'active' and not exists (select 1 from dot.job_subscription s where s.subscription_code = e.subscription_code)
      union all
      select 'late_schedules', count(*) = 0, coalesce(string_agg(schedule_code, ', ' order by schedule_code), ''), 'active schedules due for over five minutes, which nobody fires'
        from dot.job_schedule s
       where s.status = 'active' and s.next_at < clock_timestamp() - interval '5 minutes'
         -- What was missed may be many times, which are made up for at some hundred a second.
         and not coalesce((select f.fired_at > clock_timestamp() - interval '5 minutes'
                             from dot.job_schedule_fire f where f.schedule_code = s.schedule_code order by f.fire_at desc limit 1), false)
      union all
      select 'failing_duties', count(*) = 0, coalesce(string_agg(concat_ws(' ', d.duty, nullif(d.item, '')), ', ' order by d.duty, d.item), ''), 'housekeeping that fails again and again, and what it says: table job_duty'
        from dot.job_duty d
      union all
      select 'stranded_jobs', count(*) = 0, coalesce(string_agg(distinct s.queue_code || '/' || s.executor_class, ', '), ''), 'retired queues and executor classes with jobs in line, which nobody takes: dot registry reinstate, or dot job cancel'
        from (select l.queue_code, l.executor_class from dot.job_lane l join dot.queue_registry q using (queue_id) join dot.executor_class_registry c using (class_id)
               where (q.status = 'retired' or c.status = 'retired')
                 and exists (select 1 from dot.job_queue j where j.state in ('r', 'd') and j.queue_id = l.queue_id and j.class_id = l.class_id)) s) s
  union all
  select 'worker', h.worker_id not in (select worker_id from silence), h.worker_id::text, format('%s on %s, last heard of at %s', h.worker, h.host, h.seen_at),
         case when h.state = 'silent' or h.worker_id in (select worker_id from silence) then 'silent' when h.seen_at < clock_timestamp() - interval '10 seconds' then 'stale' else 'fresh' end
    from dot.queue_heartbeat h where h.state <> 'stopped';
comment on view dot.v_queue_health is
  'One row for each sign of trouble with jobs: whether it is well, the figure or names behind it, and what it means; then one for each worker that has not ended, its id as value, with status_hint: fresh, stale (no heartbeat for 10 s, three of them), silent (for queue.worker.silent_seconds).';
reset role;
