do $$
declare
  v_old  jsonb := '{"oneOf": [{"properties": {"pay": {"properties": {"card": {"type": "string"}}}}}, {"properties": {"pay": {"properties": {"iban": {"type": "string"}}}}}]}';
  v_new  jsonb := v_old || '{"properties": {"more": {"type": "string"}}}';
  v_said jsonb := dot.fn_schema_verdict(v_old, v_new);
begin
  assert v_said @> '{"verdict": "incompatible"}' and dot.fn_schema_written(v_old, v_new, v_said) = '{"verdict": "compatible"}', 'an optional property that nobody could send';
  assert dot.fn_schema_contains(dot.fn_schema_closed(v_old), v_old) @> '{"verdict": "not_contained"}', 'closed alone, more gets through';
  assert dot.fn_schema_written(v_old, v_old, '{"verdict": "unproven"}') = '{"verdict": "compatible"}', 'itself';
end
$$;
