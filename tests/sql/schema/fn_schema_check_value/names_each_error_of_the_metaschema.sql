do $$
begin
  perform test.equal(jsonb_array_length(dot.fn_schema_check_value('{"type": "object", "properties": {"a": {"minLength": 1}}}')), 0);
  assert dot.fn_schema_check_value('{"type": "objekt"}') @> '[{"at": "/type"}]', dot.fn_schema_check_value('{"type": "objekt"}')::text;
  perform test.raises('DT400', $q$select dot.fn_schema_check_value('{"$ref": "#/$defs/none"}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_check_value('{"pattern": "("}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_check_value(jsonb_build_object('items', jsonb_build_object('pattern', repeat('a', 4097))))$q$, '%has 4097 characters, and at most 4,096%');
end
$$;
