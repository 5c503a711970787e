do $$
declare
  v_answer jsonb;
begin
  perform test.subscription();
  v_answer := dot.fn_subscription_set('s', '{active}', 'paused');
  perform test.equal((v_answer ->> 'epoch')::bigint, (select epoch from dot.event_subscription where subscription_code = 's'));
  perform test.refused(dot.fn_subscription_set('s', '{active}', 'paused'), 'subscription_paused');
end
$$;
