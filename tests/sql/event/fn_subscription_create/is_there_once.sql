do $$
begin
  perform test.equal(test.subscription('s', '{iu.*}'), 's');
  assert dot.fn_subscription_create('s') ->> 'refused' = 'true';
  perform test.raises('DT400', $q$select dot.fn_subscription_create('S S')$q$);
  perform test.raises('DT400', $q$select dot.fn_subscription_create('t', p_type => '{no.such.type}')$q$);
  perform test.raises('DT400', $q$select dot.fn_subscription_create('t', p_deliver => 'topic')$q$);
  perform test.raises('DT404', $q$select dot.fn_subscription_create('t', p_deliver => 'function', p_consumer => 'none')$q$);
end
$$;
