do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('04', '{"id": "http://h/s", "minimum": 1, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false, "const": 1}', '{"$id": "http://h/s", "exclusiveMinimum": 1, "maximum": 9}'),
      ('04', '{"$ref": "#/definitions/a", "type": "string", "definitions": {"a": {"id": "#x"}}}', '{"$ref": "#/definitions/a", "definitions": {"a": {"$anchor": "x"}}}'),
      ('06', '{"items": [{}, false], "additionalItems": {"if": {}}, "contains": true}', '{"prefixItems": [{}, false], "items": {}, "contains": true}'),
      ('06', '{"items": {}, "additionalItems": false}', '{"items": {}}'),
      ('07', '{"items": [], "additionalItems": false, "minContains": 2, "contains": {}}', '{"items": false, "contains": {}}'),
      ('07', '{"dependencies": {"a": ["b"], "c": {"dependencies": {}}}, "enum": [{"items": []}]}', '{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {}}, "enum": [{"items": []}]}'),
      ('2019-09', '{"$ref": "#", "type": "object", "$recursiveAnchor": true}', '{"$ref": "#", "type": "object", "$dynamicAnchor": "_recursive.anchor"}'),
      ('2019-09', '{"properties": {"a": {"$recursiveRef": "#"}}}', '{"properties": {"a": {"allOf": [{"$ref": "#"}]}}}'),
      ('2019-09', '{"contains": {}, "minContains": 2, "unevaluatedItems": false}', '{"unevaluatedItems": false, "allOf": [{"not": {"not": {"contains": {}, "minContains": 2}}}]}'),
      ('openapi-3.0', '{"type": "string", "nullable": true, "discriminator": {"propertyName": "a"}}', '{"type": ["string", "null"], "discriminator": {"propertyName": "a"}}'),
      ('openapi-3.1', '{"$schema": "x", "type": ["string", "null"]}', '{"type": ["string", "null"]}'),
      -- One of another draft within, and what is no schema.
      ('07', '{"properties": {"a": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "b", "prefixItems": [{}]}}, "not": 7}',
             '{"properties": {"a": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "b", "prefixItems": [{}]}}, "not": 7}')) c(draft, schema, found)
  loop
    perform test.equal(dot.fn_schema_modern_node(v_case.schema::jsonb, v_case.draft, v_case.schema::jsonb, false, true), v_case.found::jsonb, v_case.draft || ' ' || v_case.schema);
  end loop;
end
$$;
