do $$
begin
  perform test.subscription();
  assert dot.fn_subscription_drop('s') @> '{"status": "dropped"}';
  perform test.equal(test.subscription(), 's');
  perform test.raises('DT404', $q$select dot.fn_subscription_drop('none')$q$);
end
$$;
