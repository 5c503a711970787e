create or replace function dot.fn_subscription_create(
  p_subscription text, p_summary text default null, p_deliver text default 'cursor', p_type text[] default '{}', p_key text[] default '{}',
  p_filter text default null, p_consumer text default null, p_topic text default null, p_max_lag interval default null, p_from text default 'now')
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription create', jsonb_build_object('subscription', p_subscription, 'deliver', p_deliver, 'type', p_type,
    'key', p_key, 'filter', p_filter, 'consumer', p_consumer, 'topic', p_topic, 'max-lag', p_max_lag, 'from', p_from));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if exists (select 1 from dot.event_subscription where subscription_code = p_subscription and status <> 'dropped') then
    return dot.fn_command_answer('subscription create', dot.fn_command_refusal('DT409', 'exists', format('subscription %s already exists', p_subscription), format('dot subscription show %s', p_subscription)));
  end if;
  perform dot.fn_subscription_make(p_subscription, p_summary, p_deliver, p_type, p_key, p_filter, p_consumer, p_topic, p_max_lag, p_from);
  return dot.fn_subscription_show(p_subscription)
    || case when p_deliver = 'job' then jsonb_build_object('next', format('dot subscription jobs %s --kind KIND', p_subscription)) else '{}' end;
end
$$;
comment on function dot.fn_subscription_create(text, text, text, text[], text[], text, text, text, interval, text) is
  'Makes a subscription; see fn_subscription_make for the arguments. Returns it as fn_subscription_show does; next, what is still to be said of one that is delivered as jobs. A refusal (DT409) when it exists; DT400 for arguments that do not fit, DT404 for an unknown consumer.';
