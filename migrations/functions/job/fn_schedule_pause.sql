create or replace function dot.fn_schedule_pause(p_schedule text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('schedule pause', jsonb_build_object('schedule', p_schedule));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.job_schedule s where s.schedule_code = p_schedule and s.status <> 'retired') then
    raise exception using errcode = 'DT404', message = format('there is no schedule %s', p_schedule), hint = 'dot schedule list';
  end if;
  update dot.job_schedule s set status = 'paused' where s.schedule_code = p_schedule and s.status in ('active');
  return jsonb_build_object('schedule', p_schedule, 'status', 'paused', 'changed', found, 'inverse', jsonb_build_object('schedule', p_schedule));
end
$$;
comment on function dot.fn_schedule_pause(text) is 'Pauses a schedule. It fires nothing until it is resumed. Returns {schedule, status, changed, inverse}. DT404 when there is none.';
