do $$
declare
  v_schema jsonb;
begin
  for v_schema in
    select s::jsonb from unnest(array['true', '{}', '{"type": "object", "title": "x"}', '{"type": "integer"}', '{"format": "uri"}']) s
  loop
    assert dot.fn_schema_valid(v_schema, dot.fn_schema_plain(v_schema)), v_schema::text;
  end loop;
  assert dot.fn_schema_plain('{"type": "string", "minLength": 1}') is null and dot.fn_schema_plain('false') is null and dot.fn_schema_plain('{"type": ["string", "null"]}') is null;
end
$$;
