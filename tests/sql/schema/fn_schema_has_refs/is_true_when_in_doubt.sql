do $$
begin
  assert dot.fn_schema_has_refs('{"items": {"$ref": "#"}}') and dot.fn_schema_has_refs('{"properties": {"$id": {}}}') and not dot.fn_schema_has_refs('{"type": "string"}');
end
$$;
