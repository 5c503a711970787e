create or replace function dot.fn_consumer_subscribe(p_consumer text) returns text
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_types        text[];
  v_subscription dot.event_subscription;
  v_summary      text;
begin
  select array(select t from unnest(c.event_types) t union select (dot.fn_event_types_named(array[r.event_type]))[1] from dot.iu_sql_event_route r where r.consumer_code = p_consumer and r.status = 'active' order by 1),
         c.summary
    into v_types, v_summary
    from dot.consumer_registry c where c.consumer_code = p_consumer;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no consumer %s', p_consumer), hint = 'dot consumer list';
  end if;
  select * into v_subscription from dot.event_subscription where consumer_code = p_consumer and status <> 'dropped';
  if not found then
    -- From the oldest: what was delivered to it without a subscription is not delivered again.
    perform dot.fn_subscription_make(p_consumer, v_summary, 'function', '{}', '{}', null, p_consumer, null, null, 'oldest');
    select * into v_subscription from dot.event_subscription where consumer_code = p_consumer and status <> 'dropped';
  end if;
  if v_subscription.event_types is distinct from v_types then
    update dot.event_subscription set event_types = v_types, changed_at = clock_timestamp() where subscription_code = v_subscription.subscription_code;
  end if;
  return v_subscription.subscription_code;
end
$$;
comment on function dot.fn_consumer_subscribe(text) is
  'The subscription by which a consumer reads the stream, made if it has none, and brought up to its types and routes. Returns its name. DT404 for an unknown consumer.';
