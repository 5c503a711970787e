do $$
declare
  v_tick dot.event_tick := dot.fn_event_tick_newest();
begin
  if v_tick.tick_id is null then
    perform dot.fn_event_tick();
    v_tick := dot.fn_event_tick_newest();
  end if;
  perform test.equal(v_tick.tick_id, (select max(tick_id) from dot.event_tick));
end
$$;
