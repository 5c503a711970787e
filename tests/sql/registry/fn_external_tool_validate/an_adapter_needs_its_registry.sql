do $$
begin
  perform test.equal(dot.fn_external_tool_validate('{"tool_code": "x", "tool_kind": "tool"}'), null::text);
  perform test.equal(dot.fn_external_tool_validate('{"tool_code": "x", "tool_kind": "shape_adapter", "registry_code": "none"}'), 'there is no registry none');
  assert dot.fn_external_tool_validate('{"tool_code": "x", "registry_code": "workflows", "schema_name": "s", "table_name": "t", "columns": {}}') like 'there is no table%';
  perform test.equal(dot.fn_external_tool_validate('{"tool_code": "x", "registry_code": "workflows", "schema_name": "s", "table_name": "t", "columns": {}, "status": "archived"}'), null::text, 'an archived one shows nothing');
end
$$;
