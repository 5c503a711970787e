create or replace function dot.fn_schedule_check(p_schedule text default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', count(*) = 0, 'late', coalesce(jsonb_agg(s.schedule_code order by s.schedule_code), '[]'))
    from dot.v_queue_health h cross join lateral unnest(string_to_array(h.value, ', ')) s(schedule_code)
   where h.signal = 'late_schedules' and (p_schedule is null or s.schedule_code = p_schedule)
$$;
comment on function dot.fn_schedule_check(text) is 'Whether no active schedule (or this one) is due for over five minutes without being fired: {ok, late: [schedules]}. Workers fire them.';
