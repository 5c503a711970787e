do $$
begin
  assert dot.fn_queue_set('bench', 3, 7, 10) @> '{"weight": 3, "max_running": 7, "rate_limit": 10}';
  insert into dot.queue_rate select queue_id, 0, now() from dot.queue_registry where queue_code = 'bench';
  assert dot.fn_queue_set('bench', null, 0) @> '{"weight": 3, "max_running": null, "rate_limit": 10}', 'null leaves, 0 lifts';
  perform dot.fn_queue_set('bench', 4);
  assert exists (select 1 from dot.queue_rate r join dot.queue_registry q using (queue_id) where q.queue_code = 'bench'), 'what was used of the rate counts on';
  perform dot.fn_queue_set('bench', 3, p_rate_limit => 11);
  assert not exists (select 1 from dot.queue_rate r join dot.queue_registry q using (queue_id) where q.queue_code = 'bench'), 'another rate begins anew';
  assert dot.fn_queue_set('bench', null, null, 0) @> '{"rate_limit": null, "rate_period": null}';
  perform test.raises('DT400', $q$select dot.fn_queue_set('bench', 0)$q$);
  perform test.raises('DT400', $q$select dot.fn_queue_set('bench', 1, -1)$q$);
  perform test.raises('DT400', $q$select dot.fn_queue_set('bench', p_rate_limit => 1, p_rate_period => '100 years')$q$, '%at most a day%');
  perform test.raises('DT404', $q$select dot.fn_queue_set('none', 1)$q$);
end
$$;
