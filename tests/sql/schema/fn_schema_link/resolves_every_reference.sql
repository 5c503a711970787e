do $$
begin
  assert dot.fn_schema_link('{"$defs": {"a": {"type": "string"}}, "$ref": "#/$defs/a"}') ? 'refs';
  perform test.raises('DT400', $q$select dot.fn_schema_link('{"$ref": "https://example.org/none"}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_link('{"$schema": "http://json-schema.org/draft-04/schema#"}')$q$);
end
$$;
