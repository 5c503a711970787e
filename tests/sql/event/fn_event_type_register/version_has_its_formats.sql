do $$
begin
  perform test.equal(dot.fn_event_type_register('system.format.kept', '1.0.0', '{"format": "date"}', p_formats => 'assert') -> 'compiled', 'true'::jsonb);
  perform test.equal(dot.fn_event_type_register('system.format.kept', '1.0.0', '{"format": "date"}') -> 'changed', 'false'::jsonb);
  assert not dot.fn_event_schema_validate('system.format.kept', '"x"') is null;
  -- Its compiled function is the work of the compiler.
  assert not exists (select 1 from dot.fn_audit_finds_compiled_edited() f where f.object = (select validator || '(jsonb)' from dot.event_type_registry where event_type = 'system.format.kept'));
end
$$;
