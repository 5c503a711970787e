do $$
begin
  perform test.equal(dot.fn_schema_bare('{"type": "string", "title": "x", "description": "y", "examples": [1], "maxLength": 3}'), '{"type": "string", "maxLength": 3}'::jsonb);
  perform test.equal(dot.fn_schema_bare('true'), 'true'::jsonb);
end
$$;
