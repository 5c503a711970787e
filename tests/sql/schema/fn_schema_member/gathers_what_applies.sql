do $$
declare
  v_all jsonb := '[{"s": {"properties": {"a": {"type": "string"}}, "patternProperties": {"^a": {"minLength": 1}}, "additionalProperties": false}, "b": "schema:", "l": "old"}]';
begin
  assert jsonb_array_length(dot.fn_schema_member(v_all, 'a')) = 2 and dot.fn_schema_member(v_all, 'ab') #> '{0,s}' = '{"minLength": 1}' and dot.fn_schema_member(v_all, 'b') #> '{0,s}' = 'false';
end
$$;
