create or replace function dot.fn_subscription_behind(
  p_subscription text, p_at_most int default 100000, out pending bigint, out oldest timestamptz, out read_to timestamptz)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_subscription dot.event_subscription;
  v_cursor       dot.event_cursor := dot.fn_subscription_cursor(p_subscription);
  v_from         dot.event_tick;
  v_to           dot.event_tick;
  v_now          dot.event_tick := dot.fn_event_tick_now();
  v_extent       record;
begin
  select * into v_subscription from dot.event_subscription where subscription_code = p_subscription;
  select * into v_from from dot.event_tick where tick_id = v_cursor.from_tick;
  read_to := v_from.ticked_at;
  pending := 0;
  if v_cursor.to_tick is not null then
    select * into v_to from dot.event_tick where tick_id = v_cursor.to_tick;
    select count(*), min(e.emitted_at) into pending, oldest
      from dot.fn_event_slice(v_subscription, v_from, v_to, v_cursor.after_event, v_cursor.floor_event, v_cursor.last_event, p_at_most) e;
    v_from := v_to;
  end if;
  if pending < p_at_most then
    v_extent := dot.fn_event_extent(v_from, v_now);
    select pending + count(*), least(oldest, min(e.emitted_at)) into pending, oldest
      from dot.fn_event_slice(v_subscription, v_from, v_now, 0, v_extent.floor_event, v_extent.last_event, p_at_most - pending::int) e;
  end if;
end
$$;
comment on function dot.fn_subscription_behind(text, int) is
  'How far a subscription is behind: pending, the committed events it wants and has not passed, counted up to p_at_most; oldest, when the oldest of them was emitted; read_to, when the tick was made up to which it has read everything.';
