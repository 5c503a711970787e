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
  v_refused := case v_former when 'paused' then dot.fn_queue_forward_admit(p_queue) end;
  if v_refused is not null then
    return dot.fn_command_answer('queue resume', v_refused);
  end if;
  perform dot.fn_registry_used('queues', p_queue);
  update dot.queue_registry set status = 'active' where queue_code = p_queue and status = 'paused';
  return jsonb_build_object('queue', p_queue, 'status', 'active', 'changed', v_former <> 'active', 'inverse', jsonb_build_object('queue', p_queue));
end
$$;
comment on function dot.fn_queue_resume(text) is
  'Resumes a queue: its jobs are claimed again. Returns {queue, status, changed, inverse}. DT404 when there is none; DT409 for a retired one. Refused, too, with the refusal of a command that waits in it and that the caller may not run.';
