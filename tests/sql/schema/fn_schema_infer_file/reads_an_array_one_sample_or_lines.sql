do $$
begin
  assert dot.fn_schema_infer_file('[1, 2]') @> '{"samples": 2}' and dot.fn_schema_infer_file('{"a": 1}') @> '{"samples": 1}';
  assert dot.fn_schema_infer_file(e'{"a": 1}\n{"a": 2}\n{"a": 3}\n') @> '{"samples": 3}';
  perform test.raises('DT400', $q$select dot.fn_schema_infer_file('')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_infer_file('[]')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_infer_file('{x')$q$);
end
$$;
