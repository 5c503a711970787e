create or replace function dot.fn_subscription_read(p_subscription text, p_max int default 100) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription read', jsonb_build_object('subscription', p_subscription, 'max', p_max));
  v_events  jsonb;
  v_last    jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if exists (select 1 from dot.event_subscription s where s.subscription_code = p_subscription and s.deliver <> 'cursor') then
    return dot.fn_command_answer('subscription read', dot.fn_command_refusal('DT409', 'delivered_otherwise', format('the events of subscription %s are delivered (%s); whoever read them would take them away', p_subscription, (select s.deliver from dot.event_subscription s where s.subscription_code = p_subscription)),
      'To see the same events: dot event tail, or a subscription of your own.', jsonb_build_object('subscription', p_subscription)));
  end if;
  select coalesce(jsonb_agg(to_jsonb(r) - 'position' - 'epoch' order by r.event_id), '[]'),
         (array_agg(jsonb_build_object('epoch', r.epoch, 'position', r.position) order by r.event_id desc))[1]
    into v_events, v_last
    from dot.fn_event_read(p_subscription, p_max) r;
  if v_last is not null then
    perform dot.fn_event_ack(p_subscription, (v_last ->> 'epoch')::bigint, v_last ->> 'position');
  end if;
  return jsonb_build_object('subscription', p_subscription, 'count', jsonb_array_length(v_events), 'events', v_events,
    'more', jsonb_array_length(v_events) = p_max);
end
$$;
comment on function dot.fn_subscription_read(text, int) is
  'Reads the next events of a subscription and passes them, in one transaction: {subscription, count, events, more}. The events stand in the run''s outcome, so that the same idempotency key gives the same events again. Programs that do something with them call fn_event_read and fn_event_ack in a transaction of their own. Refusal DT409 delivered_otherwise where events become jobs, or go to a consumer or a topic. DT404, DT409, DT410.';
