do $$
declare
  v_epoch bigint;
begin
  perform test.subscription();
  select epoch into v_epoch from dot.event_subscription where subscription_code = 's';
  perform dot.fn_subscription_seek('s', 'oldest');
  assert (select epoch > v_epoch from dot.event_subscription where subscription_code = 's');
  perform test.raises('DT404', $q$select dot.fn_subscription_seek('none')$q$);
  perform test.raises('DT400', $q$select dot.fn_subscription_seek('s', 'soon')$q$);
end
$$;
