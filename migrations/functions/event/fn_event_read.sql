create or replace function dot.fn_event_read(p_subscription text, p_max int default 1000, p_epoch bigint default null)
returns table (
  event_id bigint, event_type text, schema_version text, key text, subject text, payload jsonb, trace_id text, correlation_id text,
  emitted_at timestamptz, "position" text, epoch bigint)
language plpgsql volatile security definer set search_path = dot, pg_temp rows 1000
as $$
#variable_conflict use_column
declare
  v_subscription dot.event_subscription;
  v_cursor       dot.event_cursor;
  v_from         dot.event_tick;
  v_to           dot.event_tick;
begin
  perform dot.fn_actor_able();
  if p_max not between 1 and 1000000 then
    raise exception using errcode = 'DT400', message = format('number of events must be between 1 and 1,000,000, got %s', p_max), hint = 'From 1 to 1,000,000.';
  end if;
  select * into v_subscription from dot.event_subscription s where s.subscription_code = p_subscription;
  if not found or v_subscription.status <> 'active' or v_subscription.epoch <> coalesce(p_epoch, v_subscription.epoch) then
    perform dot.fn_subscription_hold(p_subscription, p_epoch);
    raise exception using errcode = case v_subscription.status when 'expired' then 'DT410' else 'DT409' end,
      message = format('subscription %s is %s', p_subscription, v_subscription.status),
      hint = case v_subscription.status when 'expired' then format('Events it had not read were dropped. Go on from what is left: dot subscription seek %s --to oldest', p_subscription)
        else format('dot subscription resume %s', p_subscription) end;
  end if;
  loop
    v_cursor := dot.fn_subscription_open(p_subscription);
    exit when v_cursor.to_tick is null;
    select * into v_from from dot.event_tick t where t.tick_id = v_cursor.from_tick;
    select * into v_to from dot.event_tick t where t.tick_id = v_cursor.to_tick;
    -- As fn_event_slice, whose rows would be kept once more on the way.
    return query execute format(
        'select e.event_id, e.event_type, e.schema_version, e.key, e.subject, e.payload, e.trace_id, e.correlation_id, e.emitted_at, $17 || e.event_id, $18 from (%s) e',
        dot.fn_event_slice_sql(v_from.origin is distinct from v_to.origin or v_from.past_origins is distinct from v_to.past_origins,
          v_subscription.event_types <> '{}', v_subscription.keys <> '{}', v_subscription.path is not null, v_subscription.path_judges))
      using v_from.snapshot, v_to.snapshot, v_to.origin, v_cursor.after_event, p_max, v_cursor.floor_event, v_cursor.last_event,
        v_subscription.event_types, dot.fn_event_prefixes(v_subscription.event_types), v_subscription.keys, v_subscription.path,
        v_from.origin, v_from.past_origins, v_from.past_xids, v_to.past_origins, v_to.past_xids, v_to.tick_id || ':', v_subscription.epoch;
    exit when found;
    -- Nothing left that it wants: the batch is behind, and there may be a newer one.
    perform dot.fn_subscription_hold(p_subscription, v_subscription.epoch);
    if (dot.fn_subscription_cursor(p_subscription)).position_no = v_cursor.position_no then
      v_cursor.after_event := v_cursor.last_event;
      perform dot.fn_subscription_move(v_cursor);
    end if;
  end loop;
end
$$;
comment on function dot.fn_event_read(text, int, bigint) is
  'The next events of a subscription, at most p_max, in the order of event_id within a batch of commits: an event comes after every event that was committed before its transaction emitted it, so events of one key come in their order wherever their producers took turns. Reading passes nothing: the same events come again until fn_event_ack is called with the epoch and the position of the last one that was dealt with, in the transaction of what was done with it. No rows: nothing is new. DT404, DT409 while it is paused or in another epoch than p_epoch, DT410 when it has lost events.';
