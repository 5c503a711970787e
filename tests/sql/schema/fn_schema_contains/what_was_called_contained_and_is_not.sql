do $$
declare
  v_case record;
  v_said jsonb;
begin
  for v_case in
    select a::jsonb as a, b::jsonb as b, d::jsonb as d from (values
      ('{"type": "integer", "minimum": 0}', (select jsonb_build_object('enum', jsonb_agg(n))::text from generate_series(0, 100) n), null),
      ('{"type": "integer", "maximum": 0}', (select jsonb_build_object('enum', jsonb_agg(-n))::text from generate_series(0, 400) n), null),
      ('{"multipleOf": 0.5}', (select jsonb_build_object('enum', jsonb_agg(n / 2.0))::text from generate_series(-200, 200) n), null),
      ('{"propertyNames": {"maxLength": 10}}', '{"propertyNames": {"maxLength": 10, "pattern": "^[a-z]*$"}}', null),
      ('{"propertyNames": {"enum": ["a", "b"]}}', '{"propertyNames": {"enum": ["a"]}}', null),
      ('{"prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": {"type": "integer"}}', '{"prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": {"type": "integer"}, "uniqueItems": true}', null),
      ('{"prefixItems": [{"const": "a"}, {"const": 2}, {"const": null}], "items": {"type": "boolean"}}', '{"uniqueItems": true}', null),
      ('{"multipleOf": 0.1234567890123456789}', '{"multipleOf": 0.00000000000000000033}', null),
      ('{"allOf": [{"multipleOf": 0.000000000000000003}, {"multipleOf": 7.00000000000000000001}], "minimum": 1, "maximum": 100}', 'false', null),
      -- The dialect does not ask for what enum and const say.
      ('{"$schema": "http://localhost/plain", "enum": [1]}', '{"type": "integer"}', '{"http://localhost/plain": {"$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true, "https://json-schema.org/draft/2020-12/vocab/applicator": true}}}'),
      ('{"$schema": "http://localhost/plain", "const": 1}', '{"const": 1}', '{"http://localhost/plain": {"$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true}}}')) x(a, b, d)
  loop
    v_said := dot.fn_schema_contains(v_case.a, v_case.b, v_case.d);
    assert v_said ->> 'verdict' <> 'contained', format('%s within %s: %s', v_case.a, v_case.b, v_said);
  end loop;
  assert dot.fn_event_schema_compat('{"items": {"$ref": "#/default"}, "default": {"type": "string"}}', '{"items": {"$ref": "#/default"}, "default": {"type": "integer"}}') ->> 'level' = 'major', 'an annotation that a reference leads into';
end
$$;
