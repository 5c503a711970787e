create or replace function dot.fn_subscription_resume(p_subscription text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription resume', jsonb_build_object('subscription', p_subscription));
begin
  return coalesce(v_refused, dot.fn_command_answer('subscription resume', dot.fn_subscription_set(p_subscription, '{paused}', 'active')));
end
$$;
comment on function dot.fn_subscription_resume(text) is
  'Lets a paused subscription be read again, from where it stands. Returns {subscription, status, former, epoch, inverse}. A refusal (DT409) when it is not paused; DT404.';
