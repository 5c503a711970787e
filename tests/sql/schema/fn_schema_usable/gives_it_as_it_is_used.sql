do $$
begin
  perform test.equal(dot.fn_schema_usable('{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": true}'), '{"exclusiveMinimum": 1}'::jsonb);
  perform test.raises('DT400', $q$select dot.fn_schema_usable('{"$schema": "http://json-schema.org/draft-04/schema#", "id": 5}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_usable('null')$q$);
  perform test.raises('DT400', 'select dot.fn_schema_usable(null)');
  perform dot.fn_schema_usable('{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {"$id": "http://x/a", "$schema": "http://json-schema.org/draft-04/schema#", "id": "http://x/a", "minimum": 1, "exclusiveMinimum": true}}}');
end
$$;
