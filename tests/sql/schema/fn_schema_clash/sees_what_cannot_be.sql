do $$
declare
  v_links jsonb := jsonb_build_object('old', dot.fn_schema_link('true'));
  v_case  record;
  v_found dot.schema_found;
begin
  for v_case in
    select * from (values
      ('[{"required": ["a"]}, {"propertyNames": {"const": "b"}}]'::jsonb, 'proved'), ('[{"required": ["a"]}, {"propertyNames": {"minLength": 1}}]', 'unknown'),
      ('[{"required": ["a"]}, {"properties": {"b": true}, "patternProperties": {}, "additionalProperties": false}]', 'proved'),
      ('[{"required": ["a"]}, {"properties": {"b": true}, "patternProperties": {"a": true}, "additionalProperties": false}]', 'unknown'),
      ('[{"required": ["a"]}, {"properties": {"a": {"const": 1}}}, {"properties": {"a": {"enum": [2, 3]}}}]', 'proved'),
      ('[{"required": ["a"]}, {"properties": {"a": {"const": 1}}}, {"properties": {"a": {"enum": [1.0, 3]}}}]', 'unknown'),
      ('[{"properties": {"a": {"const": 1}}}, {"properties": {"a": {"const": 2}}}]', 'unknown')) x(atoms, answer)
  loop
    v_found := dot.fn_schema_clash(v_links, (select jsonb_agg(jsonb_build_object('s', a, 'n', false, 'b', 'schema:', 'l', 'old', 'k', 'atom')) from jsonb_array_elements(v_case.atoms) a), 10);
    assert v_found.answer = v_case.answer, format('%s: %s', v_case.atoms, v_found);
  end loop;
  v_found := dot.fn_schema_clash(v_links, '[{"s": {"required": ["a"]}, "n": false, "b": "schema:", "l": "old", "k": "atom"}, {"s": {"required": ["a"]}, "n": true, "b": "schema:", "l": "old", "k": "atom"}]', 10);
  assert v_found.answer = 'proved';
end
$$;
