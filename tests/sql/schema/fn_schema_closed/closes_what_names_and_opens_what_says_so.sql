do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('{"properties": {"a": {}}}'::jsonb, '{"a": 1}'::jsonb, '{"b": 1}'::jsonb),
      ('{"properties": {"a": {"properties": {"b": {}}}}}', '{"a": {"b": 1}}', '{"a": {"c": 1}}'),
      ('{"allOf": [{"properties": {"a": {}}}, {"$ref": "#/$defs/x"}], "$defs": {"x": {"properties": {"b": {}}}}}', '{"a": 1, "b": 2}', '{"c": 1}'),
      ('{"items": {"patternProperties": {"^x": {}}}}', '[{"xy": 1}]', '[{"y": 1}]'),
      ('{"properties": {"a": {}}, "additionalProperties": {"type": "string"}}', '{"b": "x"}', '{"b": 1}'),
      ('{"type": "object"}', '{"b": 1}', '1'),
      ('{"properties": {"a": {}}, "unevaluatedProperties": true}', '{"b": 1}', null),
      ('{"properties": {"a": {}}, "anyOf": [{"additionalProperties": true}]}', '{"b": 1}', null)) x(schema, valid, invalid)
  loop
    assert dot.fn_schema_valid(dot.fn_schema_closed(v_case.schema), v_case.valid), format('%s takes %s', v_case.schema, v_case.valid);
    assert v_case.invalid is null or not dot.fn_schema_valid(dot.fn_schema_closed(v_case.schema), v_case.invalid), format('%s refuses %s', v_case.schema, v_case.invalid);
  end loop;
end
$$;
