do $$
declare
  v_case record;
begin
  for v_case in
    select x.*, dot.fn_schema_contains(dot.fn_schema_asserting(o::jsonb, om), dot.fn_schema_asserting(n::jsonb, nm)) as found
      from (values
        ('{"format": "date"}', 'annotate', '{"format": "ipv4"}', 'annotate', 'contained'),
        ('{"type": "string", "format": "date", "title": "a"}', 'assert', '{"type": "string", "format": "date"}', 'assert', 'contained'),
        ('{"type": "string", "format": "date"}', 'annotate', '{"type": "string", "format": "date"}', 'assert', 'not_contained'),
        ('{"type": "string", "format": "date"}', 'assert', '{"type": "string", "format": "date"}', 'annotate', 'contained'),
        ('{"properties": {"a": {"type": "string"}}}', 'assert', '{"properties": {"a": {"type": "string", "format": "uuid"}}}', 'assert', 'not_contained'),
        ('{"properties": {"a": {"type": "string", "format": "uuid"}}}', 'assert', '{"properties": {"a": {"type": "string"}}}', 'assert', 'contained'),
        ('{"type": "string", "format": "uri"}', 'assert', '{"format": "uri-reference"}', 'assert', 'contained'),
        ('{"format": "uri-reference"}', 'assert', '{"format": "uri"}', 'assert', 'not_contained'),
        ('{"enum": ["2024-01-01", 1]}', 'assert', '{"format": "date"}', 'assert', 'contained'),
        ('{"enum": ["2024-01-32"]}', 'assert', '{"format": "date"}', 'assert', 'not_contained'),
        ('{"type": "string", "format": "made-up"}', 'assert', '{"type": "string", "format": "other"}', 'assert', 'contained'),
        ('{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}', 'assert', '{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string", "format": "time"}}}', 'assert', 'not_contained'),
        ('{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}', 'assert', '{"$ref": "#/$defs/a", "format": "time", "$defs": {"a": {"type": "string"}}}', 'assert', 'not_contained'),
        ('{"not": {"format": "date"}}', 'assert', '{"type": "string"}', 'assert', 'contained'),
        ('{"type": "string", "format": "email", "not": {"format": "email"}}', 'assert', 'false', 'assert', 'contained'),
        ('{"type": "string", "format": "hostname"}', 'assert', '{"format": "email"}', 'assert', 'not_contained')) x(o, om, n, nm, want)
  loop
    perform test.equal(v_case.found ->> 'verdict', v_case.want);
  end loop;
end
$$;
