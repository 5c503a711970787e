do $$
begin
  assert dot.fn_schema_check_file('{"type": "string"}') @> '{"ok": true, "compiles": true}';
  assert dot.fn_schema_check_file('{"type": 3}') @> '{"ok": false}';
  perform test.raises('DT400', $q$select dot.fn_schema_check_file('{')$q$);
end
$$;
