do $$
begin
  perform test.equal(jsonb_array_length(dot.fn_schema_check('{"type": "object", "properties": {"a": {"minLength": 1}}}')), 0);
  assert dot.fn_schema_check('{"type": "objekt"}') @> '[{"at": "/type"}]', dot.fn_schema_check('{"type": "objekt"}')::text;
  perform test.raises('DT400', $q$select dot.fn_schema_check('{"$ref": "#/$defs/none"}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_check('{"pattern": "("}')$q$);
end
$$;
