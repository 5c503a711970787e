create or replace function dot.fn_consumer_retry(p_consumer text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('consumer retry', jsonb_build_object('consumer', p_consumer));
  v_consumer dot.consumer_registry;
  v_ids      bigint[];
  v_done     jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_consumer from dot.consumer_registry where consumer_code = p_consumer;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no consumer %s', p_consumer), hint = 'dot consumer list';
  end if;
  if v_consumer.status <> 'active' then
    return dot.fn_command_answer('consumer retry', dot.fn_command_refusal('DT409', 'consumer_' || v_consumer.status, format('consumer %s is %s', p_consumer, v_consumer.status), 'dot consumer list'));
  end if;
  if v_consumer.gate is not null and not dot.fn_gate_open(v_consumer.gate) then
    return dot.fn_command_answer('consumer retry', dot.fn_command_refusal('DT423', 'gate_closed', format('gate %s is closed', v_consumer.gate), format('dot gate set %s open', v_consumer.gate),
      jsonb_build_object('gate', v_consumer.gate)));
  end if;
  -- What another retry holds right now is left to it.
  v_ids := array(
    select d.event_id from dot.consumer_delivery d where d.consumer_code = p_consumer and d.state = 'failed' order by d.event_id for update skip locked);
  v_done := dot.fn_consumer_dispatch(v_ids, p_consumer);
  return jsonb_build_object('consumer', p_consumer, 'retried', cardinality(v_ids), 'delivered', v_done -> 'delivered', 'failed', v_done -> 'failed',
    'partial', (v_done ->> 'failed')::int > 0);
end
$$;
comment on function dot.fn_consumer_retry(text) is
  'Delivers again what failed at a consumer, due or not. Returns {consumer, retried, delivered, failed, partial}; what fails again keeps its new error. Refusals: DT423 while its gate is closed, DT409 while it is paused or retired. DT404 when there is none.';
