do $$
begin
  perform test.equal((dot.fn_subscription_cursor('none')).subscription_code, null::text);
  perform test.subscription();
  perform test.equal((dot.fn_subscription_cursor('s')).subscription_code, 's');
end
$$;
