create or replace function dot.fn_job_update(p_jobs text[], p_priority int default null, p_run_at timestamptz default null, p_payload jsonb default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('job update', jsonb_build_object('jobs', p_jobs, 'priority', p_priority, 'run-at', p_run_at, 'payload', p_payload));
  v_jobs    constant bigint[] := dot.fn_job_numbers(p_jobs);
  v_now     constant timestamptz := clock_timestamp();
  v_held    bigint[];
  v_updated bigint;
  v_left    jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_priority is null and p_run_at is null and p_payload is null then
    raise exception using errcode = 'DT400', message = 'nothing is to be changed', hint = 'Give --priority, --run-at or --payload.';
  end if;
  if p_priority not between 0 and 9 then
    raise exception using errcode = 'DT400', message = format('priority must be between 0 (highest) and 9, got %s', p_priority);
  end if;
  if not isfinite(p_run_at) then
    raise exception using errcode = 'DT400', message = format('the time of a job must be finite, got %s', p_run_at), hint = 'dot job retry puts it in line now.';
  end if;
  perform dot.fn_job_bounded(p_payload);
  -- Held first, so that what is judged is what is changed.
  v_held := array(select d.job_id from dot.job_queue d where d.job_id = any (v_jobs) and d.state in ('r', 'd') order by d.job_id for update);
  v_refused := dot.fn_job_held_admit(v_held);
  if v_refused is not null then
    return dot.fn_command_answer('job update', v_refused);
  end if;
  if p_payload is not null and exists (
    select 1 from dot.job_queue j join dot.job_kind_registry k using (kind_id) where j.job_id = any (v_held) and dot.fn_job_is_command(k.job_kind))
  then
    return dot.fn_command_answer('job update', dot.fn_command_refusal('DT409', 'runs_command', 'what a job runs as a command is sealed with the run that asked for it',
      'Cancel it, and ask for another: dot job cancel, dot job enqueue'));
  end if;
  with put as (
    -- At the end of its new line: a place that others have passed is not looked at for a while.
    update dot.job_queue j
       set priority = coalesce(p_priority, j.priority), payload = coalesce(p_payload, j.payload), run_at = coalesce(p_run_at, j.run_at),
           state = case when p_run_at > v_now then 'd' when p_run_at is not null then 'r' else j.state end,
           ready_seq = case when p_run_at <= v_now or p_run_at is null and j.state = 'r' and p_priority <> j.priority then nextval('dot.job_seq') else j.ready_seq end
     where j.job_id = any (v_held)
       and (j.priority, j.payload, j.run_at) is distinct from (coalesce(p_priority, j.priority), coalesce(p_payload, j.payload), coalesce(p_run_at, j.run_at))
    returning 1
  )
  select count(*) into v_updated from put;
  v_left := (
    select coalesce(jsonb_agg(jsonb_build_object('job', u.job, 'state', coalesce(dot.fn_job_one(u.job) ->> 'state', 'unknown')) order by u.job), '[]')
      from unnest(v_jobs) u(job) where u.job <> all (v_held));
  if v_held = '{}' then
    return dot.fn_command_answer('job update', dot.fn_command_refusal('DT409', 'not_waiting',
      format('none of them waits: %s', (select string_agg(format('%s is %s', l ->> 'job', l ->> 'state'), ', ') from jsonb_array_elements(v_left) l)),
      'dot job list --state live', jsonb_build_object('left', v_left)));
  end if;
  return jsonb_build_object('updated', v_updated, 'left', v_left, 'partial', v_left <> '[]');
end
$$;
comment on function dot.fn_job_update(text[], int, timestamptz, jsonb) is
  'Changes ready and deferred jobs: p_priority (0 to 9), p_run_at (in line now when it is past), p_payload; what is null stays. One whose priority changes goes to the end of its new line. Returns {updated: how many were otherwise before, left: [{job, state}] that were not waiting, partial: there are such}. Refusals: DT409 not_waiting when none was; DT409 runs_command for a new payload of what runs a command, which is sealed with its run; that of the command which a job runs, where the caller may not ask for it. DT400 for what is no job, no priority or no time, for a payload that is too large, and where nothing is to be changed.';
