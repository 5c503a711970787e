create or replace function dot.fn_subscription_move(p_cursor dot.event_cursor) returns dot.event_cursor
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  p_cursor.position_no := p_cursor.position_no + 1;
  p_cursor.moved_at := clock_timestamp();
  p_cursor.run_id := dot.fn_run_current();
  -- Read to its end: the batch is behind, whatever else was filtered out of it.
  if p_cursor.to_tick is not null and p_cursor.after_event >= p_cursor.last_event then
    p_cursor.from_tick := p_cursor.to_tick;
    p_cursor.to_tick := null;
  end if;
  if p_cursor.to_tick is null then
    p_cursor.after_event := 0;
    p_cursor.floor_event := null;
    p_cursor.last_event := null;
  end if;
  p_cursor.slot := (floor(extract(epoch from p_cursor.moved_at) / 86400))::bigint % 3;
  insert into dot.event_cursor select (p_cursor).*;
  return p_cursor;
end
$$;
comment on function dot.fn_subscription_move(dot.event_cursor) is
  'Appends a position after the one it is given, with the changes made to it, and returns it. A batch that is read to its end is closed. The caller holds the row of the subscription and has read the position after getting hold of it.';
