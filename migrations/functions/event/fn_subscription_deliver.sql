create or replace function dot.fn_subscription_deliver(p_subscription text, p_max int) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_subscription dot.event_subscription := dot.fn_subscription_hold(p_subscription);
  v_consumer     dot.consumer_registry;
  v_slice        record;
  v_answer       jsonb;
  v_events       bigint := 0;
  v_delivered    bigint := 0;
  v_failed       bigint := 0;
  v_last         bigint;
begin
  select * into v_consumer from dot.consumer_registry where consumer_code = v_subscription.consumer_code;
  if v_subscription.status <> 'active' then
    v_answer := dot.fn_command_refusal('DT409', 'subscription_' || v_subscription.status, format('subscription %s is %s', p_subscription, v_subscription.status),
      format('dot subscription show %s', p_subscription));
  elsif v_consumer.status <> 'active' then
    v_answer := dot.fn_command_refusal('DT409', 'consumer_' || v_consumer.status, format('consumer %s is %s', v_consumer.consumer_code, v_consumer.status), 'dot consumer list');
  elsif v_consumer.gate is not null and not dot.fn_gate_open(v_consumer.gate) then
    v_answer := dot.fn_command_refusal('DT423', 'gate_closed', format('gate %s is closed', v_consumer.gate), format('dot gate set %s open', v_consumer.gate),
      jsonb_build_object('gate', v_consumer.gate));
  end if;
  if v_answer is not null then
    -- Nothing is passed: it waits for the consumer.
    return v_answer || jsonb_build_object('subscription', p_subscription);
  end if;
  while v_events < p_max loop
    select array_agg(r.event_id order by r.event_id) as events, max(r.epoch) as epoch, (array_agg(r.position order by r.event_id desc))[1] as position
      into v_slice
      from dot.fn_event_read(p_subscription, least(1000, p_max - v_events)::int, v_subscription.epoch) r;
    exit when v_slice.events is null;
    if v_subscription.deliver = 'function' then
      v_answer := dot.fn_consumer_dispatch(v_slice.events, v_subscription.consumer_code);
      v_delivered := v_delivered + (v_answer ->> 'delivered')::bigint;
      v_failed := v_failed + (v_answer ->> 'failed')::bigint;
    else
      v_delivered := v_delivered + cardinality(v_slice.events);
    end if;
    perform dot.fn_event_pass(p_subscription, v_slice.epoch, v_slice.position);
    v_events := v_events + cardinality(v_slice.events);
    v_last := v_slice.events[cardinality(v_slice.events)];
  end loop;
  if v_events > 0 and v_subscription.deliver = 'topic' then
    -- One for all of them: whoever listens reads the stream by itself.
    perform pg_notify(v_subscription.topic, jsonb_build_object('events', v_events, 'last', v_last)::text);
  end if;
  return jsonb_build_object('subscription', p_subscription, 'events', v_events, 'delivered', v_delivered, 'failed', v_failed, 'more', v_events >= p_max);
end
$$;
comment on function dot.fn_subscription_deliver(text, int) is
  'Delivers at most p_max unread events of a subscription to its consumer or its topic and passes them, in this transaction. What fails at a consumer is kept in consumer_delivery to be retried, and passed; what was delivered to it past the subscription is not delivered again. A topic is notified once. A refusal, and nothing passed, while the subscription, the consumer or its gate is not open. Returns {subscription, events, delivered, failed, more}.';
