do $$
declare
  c_one constant jsonb := dot.fn_schema_asserting('{"properties": {"a": {"format": "date"}}}', 'assert');
begin
  assert dot.fn_schema_same(c_one, c_one || '{"title": "x"}');
  assert not dot.fn_schema_same(c_one, dot.fn_schema_asserting('{"properties": {"a": {"format": "time"}}}', 'assert'));
  assert not dot.fn_schema_same(c_one, '{"properties": {"a": {"format": "date"}}}');
  assert dot.fn_schema_same('{"properties": {"a": {"format": "date"}}}', '{"properties": {"a": {}}}');
end
$$;
