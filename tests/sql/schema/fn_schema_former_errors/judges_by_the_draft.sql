do $$
begin
  assert dot.fn_schema_former_errors('{"exclusiveMinimum": 5, "minimum": 1}', '04') @> '[{"at": "/exclusiveMinimum"}]';
  assert dot.fn_schema_former_errors('{"exclusiveMinimum": true}', '04') @> '[{"at": "/exclusiveMinimum"}]', 'it needs minimum';
  perform test.equal(dot.fn_schema_former_errors('{"exclusiveMinimum": 5}', '07'), '[]'::jsonb);
  assert dot.fn_schema_former_errors('{"nullable": 5}', 'openapi-3.0') @> '[{"at": "/nullable"}]';
end
$$;
