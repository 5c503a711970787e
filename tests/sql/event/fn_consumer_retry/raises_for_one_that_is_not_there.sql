do $$
begin
  perform test.raises('DT404', $q$select dot.fn_consumer_retry('none')$q$);
end
$$;
