create or replace function dot.fn_audit_finds_fire_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with change as (
    select h.row_key as schedule, h.change_id, h.image, h.changed_at, r.started_at, lag(h.change_id) over rows is null as is_first, lag(h.image ->> 'status') over rows as status_before
      -- What no run did is evidence of nothing.
      from dot.dot_row_history h join dot.dot_command_run r using (run_id)
     where h.relation = 'job_schedule' and r.state = 'succeeded'
    window rows as (partition by h.row_key order by h.change_id)
  ),
  -- Each way a schedule was left, and since when it was active. It fires at times after that: next_at is computed then, and not before
  -- the run that did so began. The first that is kept of one may be younger than itself.
  shape as materialized (
    select c.schedule, c.change_id, c.image, case when c.is_first then '-infinity' else c.changed_at end as since,
           max(case when c.image ->> 'status' is distinct from 'active' then null
             when c.is_first then (c.image ->> 'created_at')::timestamptz
             when c.status_before is distinct from 'active' then least(c.changed_at, c.started_at) end) over (partition by c.schedule order by c.change_id) as active_from
      from change c
  ),
  fired as (
    select d.object, d.run_id, d.job_kind, d.payload, f.schedule_code, f.fire_at, f.fired_at, s.image, s.active_from
      from dot.fn_job_of_commands() d
      join dot.job_schedule_fire f using (job_id)
      -- As it was left last before that.
      left join lateral (select s.image, s.active_from from shape s where s.schedule = f.schedule_code and s.since <= f.fired_at order by s.change_id desc limit 1) s on true
  )
  select 'fire_edited', f.object, f.run_id, j.detail
    from fired f
   cross join lateral (
     select case
       when f.image is null or f.image ->> 'status' <> 'active' then format('schedule %s did not fire then', f.schedule_code)
       when f.image ->> 'job_kind' <> f.job_kind or (case jsonb_typeof(f.image -> 'payload') when 'object' then f.image -> 'payload' else '{}' end) - 'fire_at' not in
              (f.payload - 'fire_at', jsonb_build_object('sha256', encode(sha256(convert_to((f.payload - 'fire_at')::text, 'UTF8')), 'hex')))
         then format('it is not what schedule %s asked for', f.schedule_code)
       else dot.fn_job_fire_refused(f.image, f.active_from, f.fire_at, f.fired_at, f.payload ->> 'fire_at') end) j(detail)
   where j.detail is not null
  union all
  -- A time that is said to have come is passed over when it comes.
  select 'fire_edited', 'schedule ' || f.schedule_code, null, format('it is said to have fired for %s, which has not come', f.fire_at)
    from dot.job_schedule_fire f where f.fire_at > greatest(f.fired_at, clock_timestamp())
$$;
comment on function dot.fn_audit_finds_fire_edited() is
  'For fn_audit_objects: fire_edited, jobs that run commands and that a schedule is said to have fired, where the schedule as it was left last before that was not active, asked for something else, or was not to fire for that time (fn_job_fire_refused); and times to come that are said to have fired.';
