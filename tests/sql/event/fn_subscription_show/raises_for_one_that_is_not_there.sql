do $$
begin
  perform test.subscription();
  assert dot.fn_subscription_show('s') @> '{"subscription": "s", "status": "active"}';
  perform test.raises('DT404', $q$select dot.fn_subscription_show('none')$q$);
end
$$;
