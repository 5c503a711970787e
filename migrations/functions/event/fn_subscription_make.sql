create or replace function dot.fn_subscription_make(
  p_subscription text, p_summary text, p_deliver text, p_types text[], p_keys text[], p_filter text, p_consumer text, p_topic text, p_max_lag interval, p_from text)
returns void
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_path   jsonpath := dot.fn_event_path(p_filter);
  v_type   text;
  v_epoch  bigint;
  v_cursor dot.event_cursor;
begin
  p_types := dot.fn_event_types_named(p_types);
  if p_subscription !~ '^[a-z0-9_]+([-.][a-z0-9_]+)*$' then
    raise exception using errcode = 'DT400', message = format('invalid subscription name %s', p_subscription), hint = 'Lower-case words joined by . or -.';
  end if;
  if (p_deliver = 'function') <> (p_consumer is not null) or (p_deliver = 'topic') <> (p_topic is not null) then
    raise exception using errcode = 'DT400', message = 'the kind of delivery and its target do not match',
      hint = 'A function needs its consumer, a topic its name; a cursor and a job have neither.';
  end if;
  if p_topic !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' or length(p_topic) > 63 then
    raise exception using errcode = 'DT400', message = format('invalid topic %s', p_topic), hint = 'Lower-case words joined by ., at most 63 bytes.';
  end if;
  if p_consumer is not null and not exists (select 1 from dot.consumer_registry where consumer_code = p_consumer) then
    raise exception using errcode = 'DT404', message = format('there is no consumer %s', p_consumer), hint = 'dot consumer list';
  end if;
  foreach v_type in array p_types loop
    if v_type !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?$' then
      raise exception using errcode = 'DT400', message = format('invalid event type or prefix %s', v_type), hint = 'For example iu.cut.completed, or iu.*';
    end if;
    if v_type not like '%.*' and not exists (select 1 from dot.event_type_registry where event_type = v_type) then
      raise exception using errcode = 'DT400', message = format('event type %s is not registered', v_type), hint = 'dot event type list';
    end if;
  end loop;
  insert into dot.event_subscription as s (
    subscription_code, summary, owner, deliver, consumer_code, topic, event_types, keys, path, path_judges, max_lag, run_id)
  values (
    p_subscription, coalesce(p_summary, p_subscription), (dot.fn_actor_current()).actor_id, p_deliver, p_consumer, p_topic, p_types, p_keys, v_path,
    jsonb_typeof(jsonb_path_query_first('{}', v_path, silent => true)) in ('boolean', 'null') is true,
    coalesce(p_max_lag, make_interval(days => dot.fn_config_int('event.subscription.max_lag_days')::int)), dot.fn_run_current())
  on conflict (subscription_code) do update
    set summary = excluded.summary, owner = excluded.owner, deliver = excluded.deliver, consumer_code = excluded.consumer_code, topic = excluded.topic,
        event_types = excluded.event_types, keys = excluded.keys, path = excluded.path, path_judges = excluded.path_judges, max_lag = excluded.max_lag,
        status = 'active', epoch = s.epoch + 1, changed_at = clock_timestamp(), run_id = excluded.run_id
  returning s.epoch into v_epoch;
  v_cursor := dot.fn_subscription_cursor(p_subscription);
  v_cursor.subscription_code := p_subscription;
  v_cursor.position_no := coalesce(v_cursor.position_no, 0);
  v_cursor.epoch := v_epoch;
  v_cursor.from_tick := dot.fn_subscription_target(p_from);
  v_cursor.to_tick := null;
  perform dot.fn_subscription_move(v_cursor);
end
$$;
comment on function dot.fn_subscription_make(text, text, text, text[], text[], text, text, text, interval, text) is
  'Makes a subscription, or brings back a dropped one. p_deliver: cursor (its reader calls fn_event_read), function (p_consumer is called), topic (p_topic is notified) or job. p_types: names, aliases and prefixes (iu.*), empty for all; p_keys: empty for all; p_filter: SQL/JSON path over the payload. p_max_lag: how far it may be behind and still keep events from being dropped (null: setting event.subscription.max_lag_days). p_from: as fn_subscription_target. DT400, DT404.';
