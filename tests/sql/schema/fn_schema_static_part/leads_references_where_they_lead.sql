do $$
declare
  v_link jsonb := dot.fn_schema_link('{"properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$dynamicRef": "#x"}}, "$defs": {"x": {"$dynamicAnchor": "x", "type": "string"}}}');
  v_part record;
begin
  select * into v_part from dot.fn_schema_static_part(v_link, v_link -> 'schema', v_link ->> 'base', '{}', '{}');
  assert v_part.o_schema #>> '{properties,b,$dynamicRef}' is null, v_part::text;
  assert v_part.p_todo -> (v_part.o_schema #>> '{properties,a,$ref}') -> 'schema' = v_part.p_todo -> (v_part.o_schema #>> '{properties,b,$ref}') -> 'schema', v_part::text;
end
$$;
