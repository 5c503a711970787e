create or replace function dot.fn_queue_pause(p_queue text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('queue pause', jsonb_build_object('queue', p_queue));
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
    return dot.fn_command_answer('queue pause', dot.fn_command_refusal('DT409', 'queue_retired', format('queue %s is retired', p_queue), 'dot queue list'));
  end if;
  perform dot.fn_registry_used('queues', p_queue);
  update dot.queue_registry set status = 'paused' where queue_code = p_queue and status = 'active';
  return jsonb_build_object('queue', p_queue, 'status', 'paused', 'changed', v_former <> 'paused', 'inverse', jsonb_build_object('queue', p_queue));
end
$$;
comment on function dot.fn_queue_pause(text) is
  'Pauses a queue: nothing more is claimed from it; jobs are still enqueued and those that run go on. Returns {queue, status, changed, inverse}. DT404 when there is none; DT409 for a retired one.';
