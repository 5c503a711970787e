create or replace function dot.fn_subscription_drop(p_subscription text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription drop', jsonb_build_object('subscription', p_subscription));
begin
  return coalesce(v_refused, dot.fn_command_answer('subscription drop', dot.fn_subscription_set(p_subscription, '{active,paused,expired}', 'dropped')));
end
$$;
comment on function dot.fn_subscription_drop(text) is
  'Ends a subscription: it keeps no events any longer, and its name can be used again. Returns {subscription, status, former, epoch}. DT404.';
