do $$
begin
  assert dot.fn_queue_set('bench', 3, 7, 10) @> '{"weight": 3, "max_running": 7, "rate_limit": 10}';
  assert dot.fn_queue_set('bench', null, 0) @> '{"weight": 3, "max_running": null, "rate_limit": 10}', 'null leaves, 0 lifts';
  assert dot.fn_queue_set('bench', null, null, 0) @> '{"rate_limit": null, "rate_period": null}';
  perform test.raises('DT400', $q$select dot.fn_queue_set('bench', 0)$q$);
  perform test.raises('DT400', $q$select dot.fn_queue_set('bench', 1, -1)$q$);
  perform test.raises('DT404', $q$select dot.fn_queue_set('none', 1)$q$);
end
$$;
