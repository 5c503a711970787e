create or replace function dot.fn_queue_show(p_queue text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_queue jsonb;
begin
  select to_jsonb(l) into v_queue from dot.fn_queue_list() l where l.queue = p_queue;
  if v_queue is null then
    raise exception using errcode = 'DT404', message = format('there is no queue %s', p_queue), hint = 'dot queue list';
  end if;
  perform dot.fn_registry_used('queues', p_queue);
  return v_queue;
end
$$;
comment on function dot.fn_queue_show(text) is 'One queue, as fn_queue_list has it. DT404 when there is none.';
