do $$
begin
  perform dot.fn_event_tick();
  perform test.equal(dot.fn_subscription_target('oldest'), 0::bigint);
  assert dot.fn_subscription_target('now') >= dot.fn_subscription_target('2001-01-01');
  perform test.raises('DT400', $q$select dot.fn_subscription_target('soon')$q$);
end
$$;
