create or replace function dot.fn_job_stop(p_jobs text[], p_reason text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('job cancel', jsonb_build_object('jobs', p_jobs, 'reason', p_reason));
  v_verdicts text[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_verdicts := dot.fn_job_cancel(p_jobs::bigint[], p_reason);
  return jsonb_build_object('cancelled', cardinality(array_positions(v_verdicts, 'ok')),
    'gone', (select coalesce(jsonb_agg(u.job), '[]') from unnest(p_jobs, v_verdicts) u(job, verdict) where u.verdict <> 'ok'),
    'partial', 'gone' = any (v_verdicts));
end
$$;
comment on function dot.fn_job_stop(text[], text) is
  'Cancels live jobs, running ones too, as fn_job_cancel does. Returns {cancelled: how many, gone: [those that had ended or never were], partial}.';
