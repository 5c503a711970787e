create or replace function dot.fn_subscription_hold(p_subscription text, p_epoch bigint default null) returns dot.event_subscription
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_subscription dot.event_subscription;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'DT409', message = format('a subscription is not moved in a %s transaction', current_setting('transaction_isolation')),
      hint = 'Use a READ COMMITTED transaction: whoever waits for another reader must see where that one got to.';
  end if;
  select * into v_subscription from dot.event_subscription where subscription_code = p_subscription for no key update;
  if not found or v_subscription.status = 'dropped' then
    raise exception using errcode = 'DT404', message = format('there is no subscription %s', p_subscription), hint = 'dot subscription list';
  end if;
  if p_epoch is not null and p_epoch <> v_subscription.epoch then
    raise exception using errcode = 'DT409', message = format('subscription %s is in epoch %s; you read it in epoch %s', p_subscription, v_subscription.epoch, p_epoch),
      hint = 'It was moved, paused or resumed since. Roll back, and read it again.',
      detail = jsonb_build_object('subscription', p_subscription, 'epoch', v_subscription.epoch, 'yours', p_epoch)::text;
  end if;
  return v_subscription;
end
$$;
comment on function dot.fn_subscription_hold(text, bigint) is
  'Locks a subscription until the transaction ends, so that nobody else moves its cursor, and returns it. DT404 when there is none, DT409 in another epoch than p_epoch or in a transaction that is not READ COMMITTED.';
