do $$
begin
  perform test.subscription('s', '{iu.*}');
  perform test.equal((select status || ' ' || deliver || ' ' || types::text from dot.fn_subscription_list() where subscription = 's'), 'active cursor {iu.*}');
end
$$;
