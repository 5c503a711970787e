create or replace function dot.fn_schedule_create(
  p_schedule text, p_cron text, p_kind text, p_payload jsonb default '{}', p_zone text default 'UTC', p_catch_up text default 'last', p_summary text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('schedule create', jsonb_build_object('schedule', p_schedule, 'cron', p_cron, 'kind', p_kind, 'payload', p_payload,
    'zone', p_zone, 'catch-up', p_catch_up, 'summary', p_summary));
  v_next    timestamptz;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_kind is not null then
    -- Later it is the worker that enqueues; now is the time to judge who asks.
    v_refused := dot.fn_job_command_admit(p_kind, coalesce(p_payload, '{}'));
    if v_refused is not null then
      return dot.fn_command_answer('schedule create', v_refused);
    end if;
  end if;
  if jsonb_typeof(coalesce(p_payload, '{}')) <> 'object' then
    raise exception using errcode = 'DT400', message = 'the payload of a schedule is a JSON object, to which fire_at is added';
  end if;
  if p_payload ? 'fire_at' then
    raise exception using errcode = 'DT400', message = 'fire_at is added to the payload of a schedule, and cannot be given';
  end if;
  if not exists (select 1 from dot.job_kind_registry k where k.job_kind = p_kind and k.status <> 'retired') then
    raise exception using errcode = 'DT404', message = format('there is no kind of job %s', p_kind), hint = 'dot job kinds';
  end if;
  perform dot.fn_registry_used('job-kinds', p_kind);
  v_next := dot.fn_cron_next(p_cron, clock_timestamp(), p_zone);
  if v_next is null then
    raise exception using errcode = 'DT400', message = format('%s matches no time within eight years', p_cron);
  end if;
  -- One that was dropped may come back; its old fire times stay fired.
  insert into dot.job_schedule as s (schedule_code, cron, time_zone, job_kind, payload, catch_up, next_at, summary)
  values (p_schedule, p_cron, p_zone, p_kind, case when dot.fn_job_is_command(p_kind) then dot.fn_job_for(p_payload) else coalesce(p_payload, '{}') end,
    p_catch_up, v_next, coalesce(p_summary, p_schedule))
  on conflict (schedule_code) do update
    set cron = excluded.cron, time_zone = excluded.time_zone, job_kind = excluded.job_kind, payload = excluded.payload, catch_up = excluded.catch_up,
        next_at = excluded.next_at, summary = excluded.summary, status = 'active'
  where s.status = 'retired';
  if not found then
    return dot.fn_command_answer('schedule create', dot.fn_command_refusal('DT409', 'schedule_exists', format('there is a schedule %s already', p_schedule), format('dot schedule drop %s', p_schedule)));
  end if;
  return jsonb_build_object('schedule', p_schedule, 'next_at', v_next, 'inverse', jsonb_build_object('schedule', p_schedule));
end
$$;
comment on function dot.fn_schedule_create(text, text, text, jsonb, text, text, text) is
  'Makes a schedule: a job of p_kind with p_payload, and fire_at in it, at every time that p_cron stands for in time zone p_zone (see fn_cron_next). p_catch_up: what becomes of times missed while no worker ran: none, last or all. Returns {schedule, next_at, inverse}. DT400 for a cron expression or zone that is none, DT404 for an unknown kind, DT409 when it exists.';
