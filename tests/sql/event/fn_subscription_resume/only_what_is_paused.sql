do $$
begin
  perform test.subscription();
  perform test.refused(dot.fn_subscription_resume('s'), 'subscription_active');
  perform dot.fn_subscription_pause('s');
  assert dot.fn_subscription_resume('s') @> '{"status": "active", "former": "paused"}';
end
$$;
