do $$
begin
  perform test.equal((select version || ' ' || versions || ' ' || status from dot.fn_event_type_list('system') where type = 'system.queue_worker.silent'), '1.0.0 1 active');
  assert not exists (select 1 from dot.fn_event_type_list('no_such_domain')) and not exists (select 1 from dot.fn_event_type_list(null, 'archived'));
end
$$;
