do $$
declare
  v_case record;
  v_says text;
begin
  for v_case in
    select * from (values
      ('{"$ref": "#"}', '%without end%', null), ('{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}', '%without end%', null),
      ('{"$ref": "#/x", "x": {"type": "strin"}}', '%not a schema%', null), ('{"items": {"$ref": "#/default"}, "default": {"minimum": "1"}}', '%not a schema%', null),
      ('{"$schema": "http://localhost/dialect"}', '%vocabulary%not known%', '{"http://localhost/dialect": {"$vocabulary": {"http://localhost/vocabulary": true}}}')) x(schema, says, documents)
  loop
    begin
      v_says := dot.fn_schema_check(v_case.schema, v_case.documents::jsonb)::text;
    exception when sqlstate 'DT400' then
      v_says := sqlerrm;
    end;
    assert v_says like v_case.says, format('%s: %s', v_case.schema, v_says);
  end loop;
  assert dot.fn_schema_check('{"type": "object", "additionalProperties": {"$ref": "#"}}') @> '{"ok": true, "compiles": false}', 'into its members it may lead back';
  assert dot.fn_schema_check('{"$ref": "#/x", "x": {"type": "string"}}') @> '{"ok": true}', 'a schema is one wherever it stands';
  assert dot.fn_schema_check('{"$schema": "http://localhost/dialect"}', '{"http://localhost/dialect": {"$vocabulary": {"http://localhost/vocabulary": false}}}') @> '{"ok": true}', 'one that may be left out';
end
$$;
