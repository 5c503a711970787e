do $$
begin
  perform dot.fn_subscription_create('jobs', p_deliver => 'job', p_from => 'oldest');
  perform test.raises('DT409', 'select dot.fn_event_pass(''jobs'', 1, ''1:1'')', '%no longer stands%');
  perform test.raises('DT400', 'select dot.fn_event_pass(''jobs'', 1, ''x'')', '%position%');
end
$$;
