do $$
begin
  assert dot.fn_schema_place('{"items": [{"minimum": 1}]}', '/prefixItems/0/minimum', true) = row('/items/0/minimum'::text, 'minimum'::text)::record;
  assert dot.fn_schema_place('{"items": [{}], "additionalItems": {"pattern": "("}}', '/items/pattern', true) = row('/additionalItems/pattern'::text, 'pattern'::text)::record;
  assert dot.fn_schema_place('{"properties": {"minimum": {"type": 5}}}', '/properties/minimum/type', false) = row('/properties/minimum/type'::text, 'type'::text)::record;
  assert dot.fn_schema_place('{"enum": [{"minimum": 5}]}', '/enum/0/minimum', false) = row('/enum/0/minimum'::text, 'enum'::text)::record, 'a value is no schema';
end
$$;
