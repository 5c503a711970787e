do $$
declare
  c_old constant jsonb := '{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"a": {"items": [{"type": "string"}], "additionalItems": false}}}';
  v_row dot.event_type_registry;
begin
  perform dot.fn_event_type_register('system.draft.told', '1.0.0', c_old::text);
  select * into v_row from dot.event_type_registry where event_type = 'system.draft.told';
  perform test.equal(v_row.schema_original, c_old);
  perform test.equal(v_row.schema_jsonb #> '{properties,a}', '{"prefixItems": [{"type": "string"}], "items": false}'::jsonb);
  perform test.equal(dot.fn_event_type_register('system.draft.told', '1.0.0', c_old::text) -> 'changed', 'false'::jsonb);
  assert dot.fn_schema_valid(v_row.schema_jsonb, '{"a": ["x"]}') and not dot.fn_schema_valid(v_row.schema_jsonb, '{"a": ["x", "y"]}');
  -- The same in the words of now is no change at all.
  perform test.equal(dot.fn_event_type_judge('system.draft.told', '1.0.1', v_row.schema_jsonb, 'forward') -> 'ok', 'true'::jsonb);
  perform test.raises('DT409', $q$update dot.event_type_registry set schema_original = '{}' where event_type = 'system.draft.told'$q$);
end
$$;
