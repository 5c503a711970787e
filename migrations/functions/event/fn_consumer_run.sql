create or replace function dot.fn_consumer_run(p_consumer text default null, p_max int default 10000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('consumer run', jsonb_build_object('consumer', p_consumer, 'max', p_max));
  v_code    text;
  v_one     jsonb;
  v_all     jsonb := '[]'::jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_consumer is not null and not exists (select 1 from dot.consumer_registry where consumer_code = p_consumer) then
    perform dot.fn_consumer_subscribe(p_consumer);
  end if;
  perform dot.fn_registry_used('consumers', p_consumer);
  perform dot.fn_consumer_subscribe(c.consumer_code)
    from dot.consumer_registry c where c.status = 'active' and (p_consumer is null or c.consumer_code = p_consumer);
  for v_code in
    select s.subscription_code from dot.event_subscription s
     where s.deliver in ('function', 'topic') and s.status <> 'dropped' and (p_consumer is null or s.consumer_code = p_consumer)
     order by s.subscription_code
  loop
    v_one := dot.fn_subscription_deliver(v_code, p_max);
    v_all := v_all || v_one;
  end loop;
  if p_consumer is not null and v_one ? 'refused' then
    return dot.fn_command_answer('consumer run', v_one);
  end if;
  return jsonb_build_object(
    'events', coalesce((select sum((s ->> 'events')::bigint) from jsonb_array_elements(v_all) s), 0),
    'delivered', coalesce((select sum((s ->> 'delivered')::bigint) from jsonb_array_elements(v_all) s), 0),
    'failed', coalesce((select sum((s ->> 'failed')::bigint) from jsonb_array_elements(v_all) s), 0),
    'more', exists (select 1 from jsonb_array_elements(v_all) s where s -> 'more' = 'true'),
    'partial', exists (select 1 from jsonb_array_elements(v_all) s where (s ->> 'failed')::bigint > 0),
    'subscriptions', v_all);
end
$$;
comment on function dot.fn_consumer_run(text, int) is
  'Delivers what is unread to a consumer (to all of them and to all topics, when null), at most p_max events each; see fn_subscription_deliver. Returns {events, delivered, failed, more, partial, subscriptions}. Of one consumer that cannot be delivered to now, its refusal. DT404 when there is none.';
