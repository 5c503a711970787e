do $$
begin
  perform test.equal((select schema_version from dot.fn_event_type_current('system.queue_worker.silent')), '1.0.0');
  assert not exists (select 1 from dot.fn_event_type_current('no.such.type')) and not exists (select 1 from dot.fn_event_type_current('system.queue_worker.silent', '9.0.0'));
  perform dot.fn_event_type_archive('system.queue_worker.silent', '1.0.0', 'gone');
  assert not exists (select 1 from dot.fn_event_type_current('system.queue_worker.silent')), 'an archived one is none';
end
$$;
