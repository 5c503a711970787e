create or replace function dot.fn_subscription_open(p_subscription text) returns dot.event_cursor
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_cursor dot.event_cursor := dot.fn_subscription_cursor(p_subscription);
  v_from   dot.event_tick;
  v_to     dot.event_tick;
  v_extent record;
begin
  if v_cursor.to_tick is not null then
    return v_cursor;
  end if;
  perform dot.fn_event_tick();
  v_to := dot.fn_event_tick_newest();
  select * into v_from from dot.event_tick where tick_id = v_cursor.from_tick;
  if v_from.tick_id is null and v_cursor.from_tick > 0 then
    raise exception using errcode = 'DT500', message = format('tick %s, at which subscription %s stands, is gone', v_cursor.from_tick, p_subscription),
      hint = format('dot subscription seek %s', p_subscription);
  end if;
  if not dot.fn_event_tick_follows(v_to, v_from) then
    return v_cursor;
  end if;
  perform dot.fn_subscription_hold(p_subscription);
  if (dot.fn_subscription_cursor(p_subscription)).position_no <> v_cursor.position_no then
    -- Another reader was quicker.
    return dot.fn_subscription_cursor(p_subscription);
  end if;
  v_extent := dot.fn_event_extent(v_from, v_to);
  v_cursor.to_tick := v_to.tick_id;
  v_cursor.floor_event := v_extent.floor_event;
  v_cursor.last_event := coalesce(v_extent.last_event, 0);
  return dot.fn_subscription_move(v_cursor);
end
$$;
comment on function dot.fn_subscription_open(text) is
  'Where a subscription stands, with a batch open where there is something new: to_tick is null when there is not. Opening passes no event.';
