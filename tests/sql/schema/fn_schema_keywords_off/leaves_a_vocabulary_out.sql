do $$
begin
  perform test.equal(dot.fn_schema_keywords_off(null), '{}'::text[]);
  assert dot.fn_schema_keywords_off('{"https://json-schema.org/draft/2020-12/vocab/core": true}') @> '{minimum,allOf}';
  assert not dot.fn_schema_keywords_off('{"https://json-schema.org/draft/2020-12/vocab/validation": true}') && '{minimum}';
end
$$;
