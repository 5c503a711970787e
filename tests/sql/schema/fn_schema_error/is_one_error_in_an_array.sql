do $$
begin
  perform test.equal(dot.fn_schema_error('/a', 'type', '/properties/a', 'is no string'),
    '[{"at": "/a", "keyword": "type", "schema": "/properties/a/type", "message": "is no string"}]'::jsonb);
end
$$;
