do $$
declare
  v_samples jsonb := '[{"a": 1, "b": ["x"]}, {"a": 2.5, "c": null}, {"a": 3}]';
  v_schema  jsonb := dot.fn_schema_infer_value(v_samples);
begin
  assert v_schema -> 'required' = '["a"]' and v_schema -> 'properties' ?& '{a,b,c}', v_schema::text;
  assert not exists (select 1 from jsonb_array_elements(v_samples) s, dot.fn_schema_validate_value(v_schema, s)), v_schema::text;
end
$$;
