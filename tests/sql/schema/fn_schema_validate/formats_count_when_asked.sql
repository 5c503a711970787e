do $$
begin
  assert dot.fn_schema_validate('{"format": "date"}', '"x"') = '{"valid": true}';
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{"format": "date"}', '"x"', null, 'assert')$q$, '%is not of the format date%');
  perform test.raises('DT400', $q$select dot.fn_schema_validate('{"$schema": "http://json-schema.org/draft-07/schema#", "format": "date"}', '"x"', null, 'assert')$q$, '%format date%');
end
$$;
