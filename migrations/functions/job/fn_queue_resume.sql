create or replace function dot.fn_queue_resume(p_queue text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('queue resume', jsonb_build_object('queue', p_queue));
  v_former  text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select status into v_former from dot.queue_registry where queue_code = p_queue for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no queue %s', p_queue), hint = 'dot queue list';
  end if;
  if v_former = 'retired' then
    return dot.fn_command_answer('queue resume', dot.fn_command_refusal('DT409', 'queue_retired', format('queue %s is retired', p_queue), 'dot queue list'));
  end if;
  -- What it sets off is judged as if it were asked for now; of many alike, one.
  select a.refusal into v_refused
    from (select distinct k.job_kind, case when k.target ? 'command' then j.payload else jsonb_build_object('command', j.payload -> 'command', 'args', j.payload -> 'args') end as payload
            from dot.job_queue j join dot.job_kind_registry k using (kind_id) join dot.queue_registry q using (queue_id)
           where q.queue_code = p_queue and j.state in ('r', 'd') and dot.fn_job_is_command(k.job_kind)) w
   cross join lateral dot.fn_job_forward_admit(w.job_kind, w.payload) a(refusal)
   where a.refusal is not null limit 1;
  if found and v_former = 'paused' then
    return dot.fn_command_answer('queue resume', v_refused);
  end if;
  perform dot.fn_registry_used('queues', p_queue);
  update dot.queue_registry set status = 'active' where queue_code = p_queue and status = 'paused';
  return jsonb_build_object('queue', p_queue, 'status', 'active', 'changed', v_former <> 'active', 'inverse', jsonb_build_object('queue', p_queue));
end
$$;
comment on function dot.fn_queue_resume(text) is
  'Resumes a queue: its jobs are claimed again. Returns {queue, status, changed, inverse}. DT404 when there is none; DT409 for a retired one. Refused, too, with the refusal of a command that waits in it and that the caller may not run.';
