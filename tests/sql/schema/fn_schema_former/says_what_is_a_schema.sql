do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values ('http://json-schema.org/draft-04/schema#', '{"minimum": 1, "exclusiveMinimum": true}', true), ('http://json-schema.org/draft-04/schema#', 'true', false),
      ('http://json-schema.org/draft-06/schema#', '{"exclusiveMinimum": true}', false), ('http://json-schema.org/draft-07/schema#', '{"if": {"minLength": -1}}', false),
      ('https://json-schema.org/draft/2019-09/schema', '{"$defs": {"a": {"type": "strin"}}}', false), ('https://json-schema.org/draft/2019-09/schema', '{"$recursiveAnchor": true}', true)) c(uri, schema, valid)
  loop
    perform test.equal(dot.fn_schema_valid(jsonb_build_object('$ref', v_case.uri), v_case.schema::jsonb), v_case.valid, v_case.uri || ' ' || v_case.schema);
  end loop;
end
$$;
