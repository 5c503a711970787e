do $$
declare
  v_case  record;
  v_said  jsonb;
  v_deep  jsonb := '{"type": "string", "maxLength": 5}';
  v_deeper jsonb := '{"type": "string", "maxLength": 6}';
  v_wide  jsonb := (select jsonb_build_object('type', 'object', 'additionalProperties', false, 'required', jsonb_agg('p' || n), 'properties', jsonb_object_agg('p' || n, '{"type": "string"}'::jsonb)) from generate_series(1, 300) n);
  v_many  jsonb := (select jsonb_build_object('enum', jsonb_agg('v' || n)) from generate_series(1, 1000) n);
begin
  for v_i in 1..12 loop
    v_deep := jsonb_build_object('type', 'object', 'required', '["a"]'::jsonb, 'properties', jsonb_build_object('a', v_deep, 'b', '{"type": "integer"}'::jsonb));
    v_deeper := jsonb_build_object('type', 'object', 'required', '["a"]'::jsonb, 'properties', jsonb_build_object('a', v_deeper, 'b', '{"type": "integer"}'::jsonb));
  end loop;
  for v_case in
    select * from (values
      ('another variant',
       (select jsonb_build_object('oneOf', jsonb_agg(jsonb_build_object('type', 'object', 'required', '["kind"]'::jsonb, 'properties', jsonb_build_object('kind', jsonb_build_object('const', k), 'x' || k, '{"type": "string"}'::jsonb)))) from unnest(array['a', 'b', 'c', 'd']) k),
       (select jsonb_build_object('oneOf', jsonb_agg(jsonb_build_object('type', 'object', 'required', '["kind"]'::jsonb, 'properties', jsonb_build_object('kind', jsonb_build_object('const', k), 'x' || k, '{"type": "string"}'::jsonb)))) from unnest(array['a', 'b', 'c', 'd', 'e']) k)),
      ('a property in one variant',
       (select jsonb_build_object('oneOf', jsonb_agg(jsonb_build_object('type', 'object', 'required', '["kind"]'::jsonb, 'additionalProperties', false, 'properties', jsonb_build_object('kind', jsonb_build_object('const', k))))) from unnest(array['a', 'b', 'c', 'd']) k),
       (select jsonb_build_object('oneOf', jsonb_agg(jsonb_build_object('type', 'object', 'required', '["kind"]'::jsonb, 'additionalProperties', false, 'properties', jsonb_build_object('kind', jsonb_build_object('const', k)) || case when k = 'c' then '{"more": {"type": "string"}}' else '{}'::jsonb end))) from unnest(array['a', 'b', 'c', 'd']) k)),
      ('three hundred properties', v_wide, jsonb_set(v_wide, '{properties,p150}', '{"type": ["string", "null"]}')),
      ('twelve levels', v_deep, v_deeper),
      ('a thousand values', v_many, jsonb_set(v_many, '{enum,1000}', '"more"')),
      ('all of an alphabet', '{"type": "string", "pattern": "^[a-z]*$"}', '{"type": "string", "pattern": "^([a-m]|[n-z])*$"}'),
      ('a pattern within another', '{"type": "string", "pattern": "^[0-9]{3}-[0-9]+$"}', '{"type": "string", "pattern": "^\\d+-\\d*$"}'),
      ('a name by its pattern', '{"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": false}', '{"propertyNames": {"pattern": "^x"}}')) x(what, old, new)
  loop
    v_said := dot.fn_schema_contains(v_case.old, v_case.new);
    assert v_said = '{"verdict": "contained"}', format('%s: %s', v_case.what, v_said);
    v_said := dot.fn_schema_contains(v_case.new, v_case.old);
    assert v_said @> '{"verdict": "not_contained"}' or (v_case.what = 'all of an alphabet' and v_said @> '{"verdict": "contained"}'), format('%s, the other way: %s', v_case.what, v_said);
  end loop;
end
$$;
