create or replace function dot.fn_audit_finds_fire_put_off()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'fire_put_off', 'schedule ' || s.schedule_code, null::uuid, format('it is not to fire before %s, and by its cron expression it would at %s', coalesce(s.next_at::text, 'the end of time'), f.at)
    from dot.job_schedule s
   cross join lateral dot.fn_cron_following(s.cron, clock_timestamp(), s.time_zone) f(at)
   where s.status = 'active' and f.at is not null and (s.next_at is null or s.next_at > f.at)
$$;
comment on function dot.fn_audit_finds_fire_put_off() is
  'For fn_audit_objects: fire_put_off, active schedules whose next time is later than the first one from now on, which only an edit can make it.';
