do $$
begin
  assert dot.fn_event_type_archive('system.queue_worker.silent', '1.0.0', 'gone') @> '{"lifecycle": "archived", "changed": true}';
  perform test.raises('DT422', 'select test.emit()');
  perform test.raises('DT404', $q$select dot.fn_event_type_archive('system.queue_worker.silent', '9.0.0', 'x')$q$);
  perform test.raises('DT400', $q$select dot.fn_event_type_archive('system.queue_worker.silent', '1.0.0', ' ')$q$);
end
$$;
