do $$
declare
  v_one dot.event_tick := dot.fn_event_tick_now();
  v_nil dot.event_tick;
begin
  perform test.equal(dot.fn_event_tick_follows(v_one, v_nil), true);
  perform test.equal(dot.fn_event_tick_follows(v_one, v_one), false);
end
$$;
