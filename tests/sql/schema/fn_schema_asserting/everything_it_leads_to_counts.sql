do $$
declare
  c_there constant jsonb := dot.fn_schema_asserting('{"properties": {"a": {"$ref": "#/x/y"}, "b": {"$ref": "urn:other"}}, "x": {"y": {"format": "ipv4"}}}', 'assert');
  c_other constant jsonb := '{"urn:other": {"items": {"format": "date"}}}';
begin
  perform test.equal(dot.fn_schema_asserting('{"format": "date"}', 'annotate'), '{"format": "date"}'::jsonb);
  perform test.equal(dot.fn_schema_asserting('{"type": "string"}', 'assert'), '{"type": "string"}'::jsonb);
  assert dot.fn_schema_valid(c_there, '{"a": "1.2.3.4", "b": ["2024-01-01"]}', c_other);
  assert not dot.fn_schema_valid(c_there, '{"a": "1.2.3"}', c_other) and not dot.fn_schema_valid(c_there, '{"b": ["x"]}', c_other);
  perform test.raises('DT400', $q$select dot.fn_schema_asserting('{}', 'maybe')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_asserting('{}', null)$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_asserting('{"$schema": "urn:mine", "format": "date"}', 'assert')$q$, '%says itself%');
end
$$;
