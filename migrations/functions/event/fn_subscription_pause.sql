create or replace function dot.fn_subscription_pause(p_subscription text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription pause', jsonb_build_object('subscription', p_subscription));
begin
  return coalesce(v_refused, dot.fn_command_answer('subscription pause', dot.fn_subscription_set(p_subscription, '{active}', 'paused')));
end
$$;
comment on function dot.fn_subscription_pause(text) is
  'Stops a subscription: its cursor stays, and nobody reads or acknowledges until it is resumed. Returns {subscription, status, former, epoch, inverse}. A refusal (DT409) when it is not active; DT404.';
