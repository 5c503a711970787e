create or replace function dot.fn_job_fire_refused(p_schedule jsonb, p_active_from timestamptz, p_fire_at timestamptz, p_fired_at timestamptz, p_said text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp set datestyle = 'ISO, YMD'
as $$
declare
  v_following timestamptz;
  v_said      timestamptz;
begin
  begin
    v_said := p_said::timestamptz;
  exception when data_exception or assert_failure then
    v_said := null;
  end;
  if v_said is distinct from p_fire_at then
    return format('it says that it is of %s, and was fired for %s', coalesce(p_said, 'no time'), p_fire_at);
  end if;
  if p_schedule ->> 'cron' is null or p_schedule ->> 'time_zone' is null then
    return 'what its schedule was is not known';
  end if;
  -- What came after it is asked only where that can have come too: no two times are less than a minute apart.
  v_following := case when p_fired_at >= p_fire_at + interval '1 minute' and p_schedule ->> 'catch_up' = 'last'
    then dot.fn_cron_following(p_schedule ->> 'cron', p_fire_at, p_schedule ->> 'time_zone') end;
  if p_fire_at > p_active_from and p_fired_at >= p_fire_at and p_fired_at <= clock_timestamp()
    and (case p_schedule ->> 'catch_up'
      when 'all' then true
      when 'last' then v_following is null or v_following > p_fired_at
      when 'none' then p_fire_at > p_fired_at - interval '1 minute' end)
    and dot.fn_cron_following(p_schedule ->> 'cron', p_fire_at - interval '1 second', p_schedule ->> 'time_zone') = p_fire_at
  then
    return null;
  end if;
  return format('its schedule was not to fire for %s', p_fire_at);
end
$$;
comment on function dot.fn_job_fire_refused(jsonb, timestamptz, timestamptz, timestamptz, text) is
  'Why a fire is none that fn_job_schedule_tick makes of a schedule; null where it is one. p_schedule: its row as it was then ({cron, time_zone, catch_up}), active since p_active_from; p_fire_at: the time for which it fired; p_fired_at: when; p_said: the time that its job carries. Only times of the cron expression that have come, while it was active, are fired, and of those that were missed the ones that catch_up names. What is null refuses.';
