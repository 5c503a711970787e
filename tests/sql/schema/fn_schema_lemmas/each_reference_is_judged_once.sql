do $$
declare
  v_old   jsonb := dot.fn_schema_link('{"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}, "c": {"$ref": "#/$defs/c"}}, "$defs": {"a": {"type": "integer"}, "b": {"items": {"$ref": "#/$defs/a"}}, "c": {"properties": {"c": {"$ref": "#/$defs/c"}}, "maxProperties": 2}}}');
  v_new   jsonb := dot.fn_schema_link('{"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}, "c": {"$ref": "#/$defs/c"}}, "$defs": {"a": {"type": "integer", "minimum": 0}, "b": {"items": {"$ref": "#/$defs/a"}}, "c": {"properties": {"c": {"$ref": "#/$defs/c"}}, "maxProperties": 3}}}');
  v_links jsonb := dot.fn_schema_lemmas(jsonb_build_object('old', dot.fn_schema_join(v_old, v_new, 'new:') -> 'link')) -> 'lemma';
begin
  assert v_links #>> '{schema: #/$defs/a|schema: new:#/$defs/a,a}' = 'refuted' and (v_links #>> '{schema: #/$defs/a|schema: new:#/$defs/a,w}')::numeric < 0, v_links::text;
  assert v_links #>> '{schema: #/$defs/b|schema: new:#/$defs/b,a}' = 'refuted', 'what leads to it fails with it';
  assert v_links #>> '{schema: #/$defs/c|schema: new:#/$defs/c,a}' = 'within', 'a schema within its like, all the way down';
end
$$;
