create or replace function dot.fn_job_cancel(p_jobs text[], p_why text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('job cancel', jsonb_build_object('jobs', p_jobs, 'why', p_why));
  v_jobs     constant bigint[] := dot.fn_job_numbers(p_jobs);
  v_verdicts text[];
  v_left     jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_verdicts := dot.fn_job_cancel_many(v_jobs, p_why);
  v_left := (
    select coalesce(jsonb_agg(jsonb_build_object('job', u.job, 'state', coalesce(dot.fn_job_one(u.job) ->> 'state', 'unknown')) order by u.job), '[]')
      from unnest(v_jobs, v_verdicts) u(job, verdict) where u.verdict <> 'ok');
  if v_verdicts <> '{}' and 'ok' <> all (v_verdicts) then
    return dot.fn_command_answer('job cancel', dot.fn_command_refusal('DT409', 'not_live',
      format('none of them lives: %s', (select string_agg(format('%s is %s', l ->> 'job', l ->> 'state'), ', ') from jsonb_array_elements(v_left) l)),
      'dot job list --state live', jsonb_build_object('left', v_left)));
  end if;
  return jsonb_build_object('cancelled', cardinality(array_positions(v_verdicts, 'ok')), 'left', v_left, 'partial', v_left <> '[]');
end
$$;
comment on function dot.fn_job_cancel(text[], text) is
  'Cancels live jobs, running ones too, as fn_job_cancel_many does. Returns {cancelled: how many, left: [{job, state}] that had ended or never were, partial: there are such}. Refusal DT409 not_live when none lives. DT400 for what is no job.';
