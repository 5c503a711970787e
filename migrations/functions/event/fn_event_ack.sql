create or replace function dot.fn_event_ack(p_subscription text, p_epoch bigint, p_position text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_deliver text;
begin
  perform dot.fn_actor_able();
  select s.deliver into v_deliver from dot.event_subscription s where s.subscription_code = p_subscription;
  if v_deliver <> 'cursor' then
    raise exception using errcode = 'DT409', message = format('subscription %s is delivered (%s); whoever passed its events would take them away', p_subscription, v_deliver),
      hint = 'To see the same events: dot event tail, or a subscription of your own. To pass over some: dot subscription seek';
  end if;
  return dot.fn_event_pass(p_subscription, p_epoch, p_position);
end
$$;
comment on function dot.fn_event_ack(text, bigint, text) is
  'Passes all events of a subscription up to p_position, as fn_event_read gave it. It belongs into the transaction of what was done with them: either both stay or neither. Of two readers of the same events one gets DT409, and its transaction cannot commit. Returns {subscription, epoch, position_no, batch_done}. DT400 when it is no position, DT404, DT409 where the platform itself delivers its events (as jobs, to a consumer, to a topic).';
