create or replace function dot.fn_subscription_set(p_subscription text, p_from text[], p_to text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_subscription dot.event_subscription := dot.fn_subscription_hold(p_subscription);
begin
  if v_subscription.status <> all (p_from) then
    return dot.fn_command_refusal('DT409', 'subscription_' || v_subscription.status, format('subscription %s is %s', p_subscription, v_subscription.status),
      format('dot subscription show %s', p_subscription));
  end if;
  update dot.event_subscription
     set status = p_to, epoch = epoch + 1, changed_at = clock_timestamp(), run_id = dot.fn_run_current()
   where subscription_code = p_subscription;
  return jsonb_build_object('subscription', p_subscription, 'status', p_to, 'former', v_subscription.status, 'epoch', v_subscription.epoch + 1)
    || case when p_to in ('active', 'paused') then jsonb_build_object('inverse', jsonb_build_object('subscription', p_subscription)) else '{}' end;
end
$$;
comment on function dot.fn_subscription_set(text, text[], text) is
  'Gives a subscription another status in a new epoch, so that nobody acknowledges what was read before. A refusal (DT409) unless its status is one of p_from. DT404.';
