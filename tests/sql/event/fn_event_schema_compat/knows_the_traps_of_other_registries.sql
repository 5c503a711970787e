do $$
declare
  v_case  record;
  v_found jsonb;
begin
  for v_case in
    select * from (values
      -- required beyond properties
      ('{"type": "object"}'::jsonb, '{"type": "object", "required": ["a"]}'::jsonb, 'incompatible', 'compatible'),
      -- contains, patternProperties, propertyNames, conditionals
      ('{"type": "array"}', '{"type": "array", "contains": {"type": "string"}}', 'incompatible', 'compatible'),
      ('{"contains": {"const": 1}, "maxContains": 1, "minContains": 0}', '{"contains": {"type": "integer"}, "maxContains": 1, "minContains": 0}', 'incompatible', 'compatible'),
      ('{"type": "object"}', '{"type": "object", "patternProperties": {"^x": {"type": "string"}}, "additionalProperties": true}', 'incompatible', 'compatible'),
      ('{"type": "object"}', '{"type": "object", "propertyNames": {"maxLength": 3}}', 'incompatible', 'compatible'),
      ('{"type": "object"}', '{"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}}', 'incompatible', 'compatible'),
      -- oneOf is not monotone
      ('{"oneOf": [{"type": "string"}, {"type": "integer"}]}', '{"oneOf": [{"type": "string"}, {"type": "integer"}, {"maxLength": 3}]}', 'incompatible', 'incompatible'),
      ('{"oneOf": [{"type": "string"}, {"type": "integer"}]}', '{"anyOf": [{"type": "string"}, {"type": "integer"}]}', 'compatible', 'compatible'),
      -- numbers
      ('{"type": "integer", "exclusiveMinimum": 4}', '{"type": "integer", "minimum": 4.2}', 'compatible', 'compatible'),
      ('{"multipleOf": 0.3}', '{"multipleOf": 0.1}', 'compatible', 'incompatible'),
      ('{"enum": [1, 2]}', '{"type": "integer"}', 'compatible', 'incompatible'),
      -- a tree that grows a leaf
      ('{"properties": {"next": {"$ref": "#"}}}', '{"properties": {"next": {"$ref": "#"}, "name": {"type": "string"}}}', 'compatible', 'compatible'),
      -- a property called like a keyword
      ('{"properties": {"unevaluatedProperties": {"type": "integer"}}}', '{"properties": {"unevaluatedProperties": {"type": "number"}}}', 'compatible', 'incompatible'),
      -- what only annotates, unless a reference leads into it
      ('{"$ref": "#/examples/0", "examples": [{"type": "string"}]}', '{"$ref": "#/examples/0", "examples": [{"type": "integer"}]}', 'incompatible', 'incompatible'),
      -- what cannot be proved is not called compatible
      ('{"type": "string", "pattern": "^a+$"}', '{"type": "string", "pattern": "^a*$"}', 'compatible', 'incompatible')) x(old, new, backward, forward)
  loop
    v_found := dot.fn_event_schema_compat(v_case.old, v_case.new, 'full');
    assert v_found ->> 'backward' = v_case.backward and v_found ->> 'forward' = v_case.forward,
      format('%s to %s: %s and %s', v_case.old, v_case.new, v_found ->> 'backward', v_found ->> 'forward');
  end loop;
end
$$;
