do $$
begin
  perform test.subscription();
  assert dot.fn_subscription_check('s') @> '{"ok": true}', dot.fn_subscription_check('s')::text;
  assert dot.fn_subscription_check('none') @> '{"ok": false}';
end
$$;
