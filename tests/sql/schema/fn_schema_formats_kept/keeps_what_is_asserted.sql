do $$
declare
  c_schema constant jsonb := '{"format": "date", "properties": {"format": {"format": "uri"}, "a": {"format": "made-up"}}, "items": {"format": 1}, "const": {"format": "date"}}';
begin
  perform test.equal(dot.fn_schema_formats_kept(c_schema, false), '{"properties": {"format": {}, "a": {}}, "items": {}, "const": {"format": "date"}}'::jsonb);
  perform test.equal(dot.fn_schema_formats_kept(c_schema, true), '{"format": "date", "properties": {"format": {"format": "uri"}, "a": {}}, "items": {}, "const": {"format": "date"}}'::jsonb);
  perform test.equal(dot.fn_schema_formats_kept('true', true), 'true'::jsonb);
end
$$;
