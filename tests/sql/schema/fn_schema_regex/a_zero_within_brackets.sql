do $$
begin
  assert dot.fn_schema_valid('{"pattern": "^[^\\0]*$"}', to_jsonb(U&'\ffff'::text)), 'any text';
  assert not dot.fn_schema_valid('{"pattern": "^[\\0]$"}', to_jsonb(U&'\ffff'::text)), 'no text';
  assert dot.fn_schema_valid('{"pattern": "^[\\0-\\x1f]*$"}', to_jsonb(U&'\0001\001f'::text)) and not dot.fn_schema_valid('{"pattern": "^[^\\0-\\x1f]*$"}', to_jsonb(U&'a\0009'::text)), 'control characters';
end
$$;
