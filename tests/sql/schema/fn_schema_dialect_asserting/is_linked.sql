do $$
begin
  assert not dot.fn_schema_valid(jsonb_build_object('$schema', dot.fn_schema_dialect_asserting(), 'format', 'date'), '"x"');
  assert dot.fn_schema_valid('{"$schema": "https://json-schema.org/draft/2020-12/schema", "format": "date"}', '"x"');
end
$$;
