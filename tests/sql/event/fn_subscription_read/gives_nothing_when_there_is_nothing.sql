do $$
begin
  perform test.subscription();
  assert dot.fn_subscription_read('s') @> '{"count": 0, "events": [], "more": false}';
  perform test.raises('DT404', $q$select dot.fn_subscription_read('none')$q$);
end
$$;
