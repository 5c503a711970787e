do $$
declare
  v_schema jsonb := '{"oneOf": [{"properties": {"pay": {"properties": {"card": true}}}}, {"properties": {"pay": {"properties": {"iban": true}}}}]}';
begin
  assert dot.fn_schema_valid(dot.fn_schema_closed(v_schema), '{"pay": {"card": "1"}}') and not dot.fn_schema_valid(v_schema, '{"pay": {"card": "1"}}'), 'closed, it takes more';
  assert dot.fn_schema_closing(v_schema) = v_schema;
  assert dot.fn_schema_closing('{"not": {"$ref": "#/$defs/x"}, "$defs": {"x": {"properties": {"a": {"properties": {"b": true}}}}}}') is not null;
  assert dot.fn_schema_closing('{"contains": {"$ref": "#/$defs/x"}, "maxContains": 1, "$defs": {"x": {"properties": {"a": {"properties": {"b": true}}}}}}') is not null;
  assert dot.fn_schema_closing('{"anyOf": [{"properties": {"a": true}}, {"type": "string"}], "not": {"required": ["b"]}}') is null, 'closing refuses more, and no less';
  assert dot.fn_schema_closing('{"oneOf": [{"type": "string"}, {"type": "null"}]}') is null, 'nothing is closed';
end
$$;
