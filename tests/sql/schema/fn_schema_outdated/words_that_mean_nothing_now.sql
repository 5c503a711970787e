do $$
begin
  perform test.equal((select array_agg(o.at) from dot.fn_schema_outdated('{"id": "x", "properties": {"id": {"items": [true], "nullable": true}, "a": {"dependencies": {}}}}') o),
    array['#/id', '#/properties/a/dependencies', '#/properties/id/items', '#/properties/id/nullable']);
  perform test.equal((select count(*) from dot.fn_schema_outdated('{"$schema": "http://json-schema.org/draft-04/schema#", "id": "x"}')), 0::bigint);
  perform test.equal((select count(*) from dot.fn_schema_outdated('{"const": {"id": "x"}, "definitions": {}}')), 0::bigint);
end
$$;
