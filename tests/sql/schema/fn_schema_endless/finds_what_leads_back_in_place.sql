do $$
begin
  assert dot.fn_schema_endless(dot.fn_schema_link('{"$ref": "#"}')) is not null;
  assert dot.fn_schema_endless(dot.fn_schema_link('{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}, true]}, "b": {"if": {"$ref": "#/$defs/a"}}}}')) is not null;
  assert dot.fn_schema_endless(dot.fn_schema_link('{"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#"}}')) is null, 'into a part of the value';
  assert dot.fn_schema_endless(dot.fn_schema_link('{"$ref": "https://json-schema.org/draft/2020-12/schema"}')) is null;
end
$$;
