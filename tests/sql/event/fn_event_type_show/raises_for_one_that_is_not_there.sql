do $$
begin
  assert dot.fn_event_type_show('system.queue_worker.silent') @> '{"version": "1.0.0"}';
  perform test.raises('DT404', $q$select dot.fn_event_type_show('no.such.type')$q$);
end
$$;
