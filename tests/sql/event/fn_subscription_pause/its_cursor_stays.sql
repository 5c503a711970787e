do $$
declare
  v_cursor bigint;
begin
  perform test.subscription();
  v_cursor := (dot.fn_subscription_cursor('s')).position_no;
  assert dot.fn_subscription_pause('s') @> '{"status": "paused", "former": "active"}';
  perform test.refused(dot.fn_subscription_pause('s'), 'subscription_paused');
  perform test.equal((dot.fn_subscription_cursor('s')).position_no, v_cursor);
  perform test.raises('DT404', $q$select dot.fn_subscription_pause('none')$q$);
end
$$;
