do $$
declare
  v_row dot.event_type_registry;
begin
  perform dot.fn_event_type_register('system.compile.told', '1.0.0', '{"type": "object", "properties": {"a": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}}');
  perform dot.fn_event_type_register('system.compile.never', '1.0.0', '{"type": "object", "properties": {"a": {"$ref": "#"}}}');
  perform dot.fn_event_type_register('system.compile.bad', '1.0.0', '{}');
  select * into v_row from dot.event_type_registry where event_type = 'system.compile.told';
  assert v_row.validator is not null and (select validator is null from dot.event_type_registry where event_type = 'system.compile.never');
  alter table dot.event_type_registry disable trigger admit;
  update dot.event_type_registry set validator = null where event_type = 'system.compile.told';
  -- One that was taken once and cannot be read today stands first, and keeps none of the others.
  update dot.event_type_registry set validator = null, schema_jsonb = '{"pattern": "("}' where event_type = 'system.compile.bad';
  alter table dot.event_type_registry enable always trigger admit;
  -- Cleared, the interpreter holds writers to the same.
  assert dot.fn_event_schema_validate('system.compile.told', '{"a": 1}') is null and dot.fn_event_schema_validate('system.compile.told', '{"a": true}') is not null;
  perform test.equal(dot.fn_event_types_compile(), 1);
  perform test.equal((select validator from dot.event_type_registry where event_type = 'system.compile.told'), v_row.validator);
  assert dot.fn_event_schema_validate('system.compile.told', '{"a": 1}') is null and dot.fn_event_schema_validate('system.compile.told', '{"a": true}') is not null;
  -- What is done is not done again, and what cannot be compiled is not written.
  perform test.equal(dot.fn_event_types_compile(), 0);
end
$$;
