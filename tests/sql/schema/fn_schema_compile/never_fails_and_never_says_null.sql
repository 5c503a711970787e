do $$
declare
  v_schema jsonb;
  v_name   text;
  v_value  jsonb;
  v_valid  boolean;
begin
  for v_schema in
    select jsonb_array_elements('[{"multipleOf": 2}, {"minItems": 1}, {"additionalProperties": false}, {"uniqueItems": true}, {"minProperties": 1}, {"propertyNames": {"pattern": "a"}},
      {"contains": {"type": "integer"}}, {"properties": {"a": {"not": {"type": "integer"}}}}, {"required": ["a"], "properties": {"a": {"type": "integer", "multipleOf": 3}}},
      {"not": {"required": ["a"], "properties": {"a": {"type": "string"}}}}, {"oneOf": [{"required": ["a"]}, {"prefixItems": [{"minimum": 1}]}]}]')
  loop
    v_name := dot.fn_schema_compile(v_schema);
    for v_value in select jsonb_array_elements('[null, true, 0, 1.5, 1e300, "", "a", [], [1], [[1], [1]], {}, {"a": null}, {"a": 3}, {"a": "x", "b": {}}]') loop
      execute format('select %s($1)', v_name) into v_valid using v_value;
      assert v_valid is not null and v_valid = dot.fn_schema_valid(v_schema, v_value), format('%s on %s', v_schema, v_value);
      -- As a constant too, which the planner works out beforehand.
      execute format('select %s(%L)', v_name, v_value) into v_valid;
      assert v_valid = dot.fn_schema_valid(v_schema, v_value), format('%s on the constant %s', v_schema, v_value);
    end loop;
  end loop;
end
$$;
