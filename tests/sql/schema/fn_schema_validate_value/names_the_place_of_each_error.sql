do $$
begin
  assert not exists (select 1 from dot.fn_schema_validate_value('{"type": "object", "properties": {"a": {"type": "string"}}}', '{"a": "x"}'));
  perform test.equal((select array_agg(at || ' ' || keyword order by at, keyword) from dot.fn_schema_validate_value(
    '{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b"]}', '{"a": 1}')), '{" required","/a type"}'::text[]);
  perform test.equal((select count(*) from dot.fn_schema_validate_value('false', 'null')), 1::bigint, 'null is a value too');
end
$$;
