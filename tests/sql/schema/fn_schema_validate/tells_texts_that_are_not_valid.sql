do $$
begin
  assert dot.fn_schema_validate('{"type": "object", "required": ["a"]}', '{"a": 1}') = '{"valid": true}';
  assert dot.fn_schema_validate('{"$ref": "urn:x"}', '1', '{"urn:x": {"type": "integer"}}') = '{"valid": true}';
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{"type": "object"}', '3')$q$, 'the document is not valid:%');
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{"type": 3}', '3')$q$, 'the schema cannot be used: /type%');
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{', '3')$q$, '%the schema%');
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{}', '{')$q$, '%the instance%');
end
$$;
