do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('{"$schema":"https://spec.openapis.org/oas/3.0/dialect","properties":{"x":{"$ref":"#/components/schemas/N"}},"components":{"schemas":{"N":{"type":"string","nullable":true}}}}', '{"x":null}', true),
      ('{"$schema":"http://json-schema.org/draft-07/schema#","shared":{"pair":{"dependencies":{"a":["b"]}}},"allOf":[{"$ref":"#/shared/pair"}]}', '{"a":1}', false),
      ('{"$schema":"http://json-schema.org/draft-07/schema#","x":{"a":{"$ref":"#/definitions/i","type":"string"}},"definitions":{"i":true},"properties":{"x":{"$ref":"#/x/a"}}}', '{"x":1}', true),
      ('{"$schema":"http://json-schema.org/draft-04/schema#","shared":{"pos":{"minimum":0,"exclusiveMinimum":true}},"properties":{"x":{"$ref":"#/shared/pos"}}}', '{"x":0}', false),
      ('{"$schema":"https://json-schema.org/draft/2019-09/schema","shared":{"t":{"items":[{"type":"integer"}]}},"$ref":"#/shared/t"}', '["a"]', false),
      -- An anchor of one's own is not the recursive one.
      ('{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"properties":{"r":{"$ref":"#recursive"}},"$defs":{"x":{"$anchor":"recursive","type":"integer"}}}', '{"r":{}}', false),
      -- What a document within contains is not evaluated either.
      ('{"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"http://x/r","$ref":"c","unevaluatedItems":false,"$defs":{"c":{"$id":"c","allOf":[{"contains":{"type":"integer"}}]}}}', '[1]', false)) c(schema, instance, valid)
  loop
    perform test.equal(dot.fn_schema_valid(dot.fn_schema_modern(v_case.schema::jsonb), v_case.instance::jsonb), v_case.valid, v_case.schema);
  end loop;
end
$$;
