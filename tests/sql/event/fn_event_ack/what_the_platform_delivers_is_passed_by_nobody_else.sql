do $$
begin
  perform dot.fn_subscription_create('mine', p_from => 'oldest'), dot.fn_subscription_create('jobs', p_deliver => 'job', p_from => 'oldest');
  perform test.raises('DT409', 'select dot.fn_event_ack(''jobs'', 1, ''1:1'')', '%would take them away%');
  perform test.raises('DT409', 'select dot.fn_event_ack(''mine'', 1, ''1:1'')', '%no longer stands%');
end
$$;
