do $$
begin
  perform test.equal((select array_agg(array_to_string(path, '/') order by path) from dot.fn_schema_children(
    '{"items": {}, "properties": {"a": true}, "allOf": [{}], "const": {"items": {}}, "enum": [{}], "x-own": {}}')), '{allOf/0,items,properties/a}'::text[]);
end
$$;
