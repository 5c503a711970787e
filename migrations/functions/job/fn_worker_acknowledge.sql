create or replace function dot.fn_worker_acknowledge(p_worker uuid default null, p_every boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('worker acknowledge', jsonb_build_object('worker', p_worker, 'every', p_every));
  v_count   int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if (p_worker is null) = not p_every then
    raise exception using errcode = 'DT400', message = 'one worker is named, or --every is given', hint = 'dot worker list';
  end if;
  -- Where no worker is left, nobody else has marked it.
  perform dot.fn_job_silent();
  update dot.queue_heartbeat set acknowledged_at = clock_timestamp() where state = 'silent' and acknowledged_at is null and (p_every or worker_id = p_worker);
  get diagnostics v_count = row_count;
  if v_count = 0 and not exists (select 1 from dot.queue_heartbeat where state = 'silent' and worker_id = p_worker) and p_worker is not null then
    raise exception using errcode = 'DT404', message = format('there is no silent worker %s', p_worker), hint = 'dot worker list';
  end if;
  return jsonb_build_object('acknowledged', v_count);
end
$$;
comment on function dot.fn_worker_acknowledge(uuid, boolean) is
  'Says that somebody knows of a silent worker, or of all of them: it is no problem any more, until it falls silent anew. Returns {acknowledged: how many}. DT400 for neither or both, DT404 when it is not silent.';
