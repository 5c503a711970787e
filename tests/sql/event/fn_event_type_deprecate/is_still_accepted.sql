do $$
begin
  assert dot.fn_event_type_deprecate('system.queue_worker.silent', '1.0.0', 'old') @> '{"lifecycle": "deprecated"}';
  assert test.emit() > 0;
  perform test.raises('DT404', $q$select dot.fn_event_type_deprecate('no.such.type', '1.0.0', 'x')$q$);
end
$$;
