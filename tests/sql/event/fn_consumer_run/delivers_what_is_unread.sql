do $$
begin
  assert dot.fn_consumer_run() @> '{"failed": 0}';
  perform test.raises('DT404', $q$select dot.fn_consumer_run('none')$q$);
end
$$;
