do $$
declare
  v_files  jsonb := (select jsonb_object_agg(class_code, jsonb_strip_nulls(jsonb_build_object('executor_kind', executor_kind, 'mutating', mutating, 'is_leased', is_leased,
                       'heartbeat_caller_fn', heartbeat_caller_fn, 'summary', description))) from dot.executor_class_registry);
  v_before bigint;
begin
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  v_before := nextval('dot.executor_class_registry_class_id_seq');
  perform test.equal(dot.fn_registry_sync(test.registry('executor-classes'), v_files), 0);
  perform test.equal(dot.fn_registry_sync(test.registry('executor-classes'), jsonb_set(v_files, '{sql,summary}', '"Other"')), 1, 'one is changed');
  perform test.equal((select description from dot.executor_class_registry where class_code = 'sql'), 'Other');
  perform test.equal(nextval('dot.executor_class_registry_class_id_seq'), v_before + 1, 'no number was drawn');
  perform test.equal(dot.fn_registry_sync(test.registry('executor-classes'), '{"fax": {"executor_kind": "network", "mutating": true, "is_leased": true, "heartbeat_caller_fn": "fn_job_heartbeat", "summary": "x"}}'), 1, 'one is new');
end
$$;
