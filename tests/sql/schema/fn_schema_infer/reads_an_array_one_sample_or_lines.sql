do $$
begin
  assert dot.fn_schema_infer('[1, 2]') @> '{"samples": 2}' and dot.fn_schema_infer('{"a": 1}') @> '{"samples": 1}';
  assert dot.fn_schema_infer(e'{"a": 1}\n{"a": 2}\n{"a": 3}\n') @> '{"samples": 3}';
  perform test.raises('DT400', $q$select dot.fn_schema_infer('')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_infer('[]')$q$);
  perform test.raises('DT400', $q$select dot.fn_schema_infer('{x')$q$);
end
$$;
