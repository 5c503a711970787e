create or replace function dot.fn_job_retry(p_jobs text[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('job retry', jsonb_build_object('jobs', p_jobs));
  v_jobs    constant bigint[] := dot.fn_job_numbers(p_jobs);
  v_held    bigint[];
  v_ready   bigint[];
  v_left    jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  -- Held first, so that what is judged is what is put in line.
  v_held := array(select d.job_id from dot.job_queue d where d.job_id = any (v_jobs) and d.state = 'd' order by d.job_id for update);
  v_refused := dot.fn_job_held_admit(v_held);
  if v_refused is not null then
    return dot.fn_command_answer('job retry', v_refused);
  end if;
  with put as (
    update dot.job_queue j set state = 'r', run_at = clock_timestamp(), ready_seq = nextval('dot.job_seq')
     where j.job_id = any (v_held)
    returning j.job_id
  )
  select coalesce(array_agg(p.job_id), '{}') into v_ready from put p;
  v_left := (
    select coalesce(jsonb_agg(jsonb_build_object('job', u.job, 'state', coalesce(dot.fn_job_one(u.job) ->> 'state', 'unknown')) order by u.job), '[]')
      from unnest(v_jobs) u(job) where u.job <> all (v_ready));
  if v_ready = '{}' then
    return dot.fn_command_answer('job retry', dot.fn_command_refusal('DT409', 'not_deferred',
      format('none of them is deferred: %s', (select string_agg(format('%s is %s', l ->> 'job', l ->> 'state'), ', ') from jsonb_array_elements(v_left) l)),
      'Dead jobs are replayed: dot dlq list', jsonb_build_object('left', v_left)));
  end if;
  return jsonb_build_object('ready', cardinality(v_ready), 'left', v_left, 'partial', v_left <> '[]');
end
$$;
comment on function dot.fn_job_retry(text[]) is
  'Puts deferred jobs in line now, whatever they were waiting for. Returns {ready: how many, left: [{job, state}] that were not deferred, partial: there are such}. Refusals: DT409 not_deferred when none was; that of the command which a job runs, where the caller may not enqueue it; dead ones are replayed instead. DT400 for what is no job.';
