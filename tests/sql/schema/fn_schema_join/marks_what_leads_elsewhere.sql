do $$
declare
  v_old  jsonb := dot.fn_schema_link('{"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}, "c": {"$ref": "#/$defs/c"}}, "$defs": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"items": {"$ref": "#/$defs/b"}}}}');
  v_new  jsonb := dot.fn_schema_link('{"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}, "c": {"$ref": "#/$defs/c"}}, "$defs": {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"items": {"$ref": "#/$defs/b"}}}}');
  v_join jsonb := dot.fn_schema_join(v_old, v_new, 'new:');
begin
  assert v_join #>> '{schema,properties,a,$ref}' = '#/$defs/a', 'the same stays as it is';
  assert v_join #>> '{schema,properties,b,$ref}' = 'new:#/$defs/b' and v_join #> '{link,refs,schema: new:#/$defs/b,schema}' = '{"type": "integer"}', v_join::text;
  assert v_join #>> '{schema,properties,c,$ref}' = 'new:#/$defs/c' and v_join #>> '{link,refs,schema: new:#/$defs/c,schema,items,$ref}' = 'new:#/$defs/b', 'and so does what leads to it';
  assert dot.fn_schema_join(v_old, dot.fn_schema_link('{"const": {"$ref": "#/$defs/b"}}'), 'new:') is null, 'a value is no reference';
end
$$;
