do $$
declare
  v_list   jsonb := '{"$id": "list", "type": "array", "items": {"$dynamicRef": "#item"}, "$defs": {"any": {"$dynamicAnchor": "item"}}}';
  v_schema jsonb := jsonb_build_object('$id', 'http://localhost/outer', 'properties', '{"plain": {"$ref": "list"}, "own": {"$id": "own", "$ref": "list", "$defs": {"item": {"$dynamicAnchor": "item", "type": "string"}}}}'::jsonb,
    '$defs', jsonb_build_object('list', v_list));
  v_link   jsonb := dot.fn_schema_link(v_schema);
  v_static jsonb := dot.fn_schema_static(v_link);
  v_value  jsonb;
begin
  assert v_static -> 'dynamic' = '{}' and position('dynamicRef' in v_static::text) = 0;
  foreach v_value in array array['{"plain": [1, "a"]}', '{"own": ["a"]}', '{"own": [1]}', '{"own": 1}', '{"plain": 1}', '{"plain": [1], "own": ["b", 2]}']::jsonb[] loop
    assert dot.fn_schema_valid(v_schema, v_value) = dot.fn_schema_holds(jsonb_build_object('old', v_static), jsonb_build_array(jsonb_build_object('s', v_static -> 'schema', 'n', false, 'b', v_static -> 'base', 'l', 'old')), v_value), v_value::text;
  end loop;
  assert dot.fn_schema_contains(v_schema, jsonb_set(v_schema, '{properties,own,$defs,item,type}', '["string", "null"]')) = '{"verdict": "contained"}', 'an anchor with several targets';
  assert dot.fn_schema_contains(v_schema, jsonb_set(v_schema, '{properties,own,$defs,item,maxLength}', '0')) @> '{"verdict": "not_contained"}';
  assert dot.fn_schema_contains('{"$id": "http://localhost/1", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/a"}}, "maxProperties": 1}}}',
    '{"$id": "http://localhost/2", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/a"}}, "maxProperties": 2}}}') = '{"verdict": "contained"}', 'another address is no other meaning';
end
$$;
