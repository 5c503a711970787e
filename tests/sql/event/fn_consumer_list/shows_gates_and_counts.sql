do $$
begin
  perform test.consumer();
  perform test.equal((select array_agg(consumer || ' ' || open || ' ' || delivered || ' ' || failed) from dot.fn_consumer_list()), '{"watch true 0 0"}'::text[]);
end
$$;
