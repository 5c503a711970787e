do $$
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  perform dot.fn_event_type_register('system.queue_worker.silent', '1.0.1', (select schema_jsonb::text from dot.event_type_registry where event_type = 'system.queue_worker.silent'));
  perform test.equal(dot.fn_event_types_named('{system/queue_worker_silent}'), '{system.queue_worker.silent}'::text[], 'carried on');
  perform set_config('dot.birth', '{"source": "command"}', true);
  update dot.event_type_registry set aliases = '{}' where schema_version = '1.0.1';
  perform test.equal(dot.fn_event_types_named('{system/queue_worker_silent}'), '{system/queue_worker_silent}'::text[], 'dropped');
end
$$;
