create or replace function dot.fn_schedule_drop(p_schedule text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('schedule drop', jsonb_build_object('schedule', p_schedule));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.job_schedule s where s.schedule_code = p_schedule and s.status <> 'retired') then
    raise exception using errcode = 'DT404', message = format('there is no schedule %s', p_schedule), hint = 'dot schedule list';
  end if;
  update dot.job_schedule s set status = 'retired' where s.schedule_code = p_schedule and s.status in ('active', 'paused');
  return jsonb_build_object('schedule', p_schedule, 'status', 'retired', 'changed', found);
end
$$;
comment on function dot.fn_schedule_drop(text) is 'Drops a schedule. It fires nothing more; what it fired is kept. Returns {schedule, status, changed}. DT404 when there is none.';
