create or replace function dot.fn_schedule_resume(p_schedule text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('schedule resume', jsonb_build_object('schedule', p_schedule));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  -- Held first, so that what is judged is what is set off.
  perform 1 from dot.job_schedule s where s.schedule_code = p_schedule and s.status <> 'retired' for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no schedule %s', p_schedule), hint = 'dot schedule list';
  end if;
  -- What it sets off is judged as if it were asked for now.
  v_refused := (select dot.fn_job_forward_admit(s.job_kind, s.payload) from dot.job_schedule s where s.schedule_code = p_schedule);
  if v_refused is not null then
    return dot.fn_command_answer('schedule resume', v_refused);
  end if;
  update dot.job_schedule s set status = 'active', next_at = dot.fn_cron_next(s.cron, clock_timestamp(), s.time_zone) where s.schedule_code = p_schedule and s.status in ('paused');
  return jsonb_build_object('schedule', p_schedule, 'status', 'active', 'changed', found, 'inverse', jsonb_build_object('schedule', p_schedule));
end
$$;
comment on function dot.fn_schedule_resume(text) is 'Resumes a schedule. It fires again, from its next time on; what was missed meanwhile is not caught up. Returns {schedule, status, changed, inverse}. DT404 when there is none.';
