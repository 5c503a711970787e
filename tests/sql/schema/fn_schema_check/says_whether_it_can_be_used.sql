do $$
begin
  assert dot.fn_schema_check('{"type": "string"}') @> '{"ok": true, "compiles": true}';
  perform test.raises('DT400', $q$select dot.fn_schema_check('{"type": 3}')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_check('{')$q$);
end
$$;
