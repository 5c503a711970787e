do $$
begin
  perform test.subscription();
  assert dot.fn_subscription_lag('s') @> '{"subscription": "s", "pending": 0}';
  perform test.raises('DT404', $q$select dot.fn_subscription_lag('none')$q$);
end
$$;
