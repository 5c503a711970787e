do $$
begin
  assert jsonb_typeof(dot.fn_schema_denied('[{"type": "string"}]', '{"s": true, "b": "", "l": "x"}')) = 'array';
end
$$;
