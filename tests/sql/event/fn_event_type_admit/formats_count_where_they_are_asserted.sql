do $$
declare
  c_schema constant text := '{"type": "object", "properties": {"at": {"type": "string", "format": "date"}, "is": {"type": "string", "format": "regex"}}}';
  v_told   jsonb;
begin
  perform dot.fn_event_type_register('system.format.told', '1.0.0', c_schema);
  perform test.equal(dot.fn_event_type_show('system.format.told') ->> 'formats', 'annotate');
  assert dot.fn_event_schema_validate('system.format.told', '{"at": "soon"}') is null;
  -- The same schema with formats that count asks for more of writers, and for nothing of readers.
  v_told := dot.fn_event_type_judge('system.format.told', '1.0.1', c_schema::jsonb, 'forward', p_formats => 'assert');
  perform test.equal(v_told ->> 'needs', 'minor');
  perform test.equal(dot.fn_event_type_judge('system.format.told', '1.1.0', c_schema::jsonb, 'backward', p_formats => 'assert') ->> 'needs', 'major');
  perform dot.fn_event_type_register('system.format.told', '1.1.0', c_schema, p_formats => 'assert');
  perform test.equal(dot.fn_event_type_show('system.format.told') ->> 'formats', 'assert');
  v_told := dot.fn_event_schema_validate('system.format.told', '{"at": "soon"}');
  perform test.equal((v_told #> '{errors,0}') - 'message'::text, '{"at": "/at", "keyword": "format", "schema": "/properties/at/format"}'::jsonb);
  assert dot.fn_event_schema_validate('system.format.told', '{"at": "2024-02-29", "is": "^a"}') is null and dot.fn_event_schema_validate('system.format.told', '{"is": "("}') is not null;
  assert dot.fn_event_schema_validate('system.format.told', '{"at": "soon"}', '1.0.0') is null, 'an older version is as it was';
  -- What is not said stays; back to annotations may break who reads.
  perform test.equal(dot.fn_event_type_register('system.format.told', '1.1.1', c_schema) ->> 'formats', 'assert');
  assert not dot.fn_event_type_judge('system.format.told', '1.2.0', c_schema::jsonb, 'forward', p_formats => 'annotate') @> '{"ok": true}';
  perform test.raises('DT409', $q$update dot.event_type_registry set formats = 'annotate' where event_type = 'system.format.told'$q$);
end
$$;
