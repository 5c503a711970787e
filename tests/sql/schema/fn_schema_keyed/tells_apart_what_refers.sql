do $$
declare
  v_plain jsonb := '{"s": {"type": "string"}, "n": false, "b": "a:", "l": "old"}';
  v_ref   jsonb := '{"s": {"$ref": "#/x"}, "n": false, "b": "a:", "l": "old"}';
begin
  assert dot.fn_schema_keyed(v_plain) ->> 'h' = dot.fn_schema_keyed(v_plain || '{"n": true, "l": "new"}') ->> 'h', 'negated, and elsewhere';
  assert dot.fn_schema_keyed(v_ref) ->> 'h' <> dot.fn_schema_keyed(v_ref || '{"l": "new"}') ->> 'h', 'a reference may lead elsewhere there';
  assert dot.fn_schema_keyed(v_ref) ->> 'h' = dot.fn_schema_keyed(v_ref || '{"n": true}') ->> 'h';
end
$$;
