do $$
begin
  assert dot.fn_schema_same('{"title": "a", "properties": {"title": {"default": 1}}}', '{"title": "b", "properties": {"title": {"default": 2}}}');
  assert not dot.fn_schema_same('{"properties": {"title": {}}}', '{"properties": {}}'), 'a property is no annotation';
  assert not dot.fn_schema_same('{"items": {"$ref": "#/default"}, "default": {"type": "string"}}', '{"items": {"$ref": "#/default"}, "default": {"type": "integer"}}');
  assert not dot.fn_schema_same('{"items": {"$ref": "#x"}, "contentSchema": {"$anchor": "x", "type": "string"}}', '{"items": {"$ref": "#x"}, "contentSchema": {"$anchor": "x", "type": "integer"}}'), 'nor by its anchor';
  assert not dot.fn_schema_same('{"items": {"$dynamicRef": "#x"}, "contentSchema": {"$dynamicAnchor": "x", "type": "string"}}', '{"items": {"$dynamicRef": "#x"}, "contentSchema": {"$dynamicAnchor": "x", "type": "integer"}}');
  assert not dot.fn_schema_same('{"items": {"$ref": "#/examples/0"}, "examples": [{"type": "string"}]}', '{"items": {"$ref": "#/examples/0"}, "examples": [{}]}');
end
$$;
