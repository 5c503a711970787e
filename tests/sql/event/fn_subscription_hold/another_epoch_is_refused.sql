do $$
declare
  v_epoch bigint;
begin
  perform test.subscription();
  select epoch into v_epoch from dot.event_subscription where subscription_code = 's';
  perform test.equal((dot.fn_subscription_hold('s', v_epoch)).epoch, v_epoch);
  perform test.raises('DT409', format('select dot.fn_subscription_hold(''s'', %s)', v_epoch + 1));
  perform test.raises('DT404', $q$select dot.fn_subscription_hold('none')$q$);
end
$$;
