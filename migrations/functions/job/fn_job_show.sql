create or replace function dot.fn_job_show(p_job bigint) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_job jsonb := dot.fn_job_one(p_job);
begin
  if v_job is null then
    raise exception using errcode = 'DT404', message = format('there is no job %s', p_job), hint = 'Ended jobs are kept for queue.history.days.';
  end if;
  return v_job;
end
$$;
comment on function dot.fn_job_show(bigint) is
  'One job, live or ended: {job, state: ready, deferred, running, succeeded, dead or cancelled, kind, queue, attempts, times, keys, trace_id, payload, result, last_error, dead_letter, replay_of}. DT404 when there is none.';
