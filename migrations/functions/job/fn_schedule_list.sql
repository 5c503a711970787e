create or replace function dot.fn_schedule_list()
returns table (schedule text, status text, cron text, zone text, kind text, catch_up text, next_at timestamptz, last_fire timestamptz, last_job bigint, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select s.schedule_code, s.status, s.cron, s.time_zone, s.job_kind, s.catch_up, s.next_at, f.fire_at, f.job_id, s.summary
    from dot.job_schedule s
    left join lateral (
      select x.fire_at, x.job_id from dot.job_schedule_fire x where x.schedule_code = s.schedule_code and x.job_id is not null order by x.fire_at desc limit 1) f on true
   where s.status <> 'retired'
   order by s.schedule_code
$$;
comment on function dot.fn_schedule_list() is 'The schedules, with when each fires next and what it fired last.';
