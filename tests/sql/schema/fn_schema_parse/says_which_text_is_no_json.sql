do $$
begin
  perform test.equal(dot.fn_schema_parse('{"a": 1}', 'it'), '{"a": 1}'::jsonb);
  perform test.raises('DT400', $q$select dot.fn_schema_parse('{', 'the sample')$q$, 'the sample%');
  perform test.raises('DT400', $q$select dot.fn_schema_parse('"\u0000"', 'the sample')$q$);
end
$$;
