do $$
begin
  perform test.equal(dot.fn_schema_modern('{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": true}'), '{"exclusiveMinimum": 1}'::jsonb);
  perform test.equal(dot.fn_schema_modern('{"items": [{}]}'), '{"items": [{}]}'::jsonb, 'without $schema it is of 2020-12');
  perform test.equal(dot.fn_schema_modern('{"items": [{}]}', 'http://json-schema.org/draft-07/schema#'), '{"prefixItems": [{}]}'::jsonb);
  perform test.equal(dot.fn_schema_modern('true'), 'true'::jsonb);
  perform test.equal(dot.fn_schema_modern('{"$schema": "urn:own"}', null, '{"urn:own": true}'), '{"$schema": "urn:own"}'::jsonb);
  perform test.raises('DT400', $q$select dot.fn_schema_check('{"$schema": "http://json-schema.org/draft-03/schema#", "type": 7}')$q$);
end
$$;
