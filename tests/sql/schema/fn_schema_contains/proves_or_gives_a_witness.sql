do $$
declare
  v_found jsonb := dot.fn_schema_contains('{"type": "number"}', '{"type": "integer"}');
begin
  assert dot.fn_schema_contains('{"type": "integer"}', '{"type": "number"}') @> '{"verdict": "contained"}';
  assert v_found @> '{"verdict": "not_contained"}' and (v_found ->> 'witness')::numeric % 1 <> 0, v_found::text;
  assert dot.fn_schema_contains('{"const": null}', '{"type": "object"}') -> 'witness' = 'null', 'null is a value';
  assert dot.fn_schema_contains('false', '{"const": 1}') @> '{"verdict": "contained"}', 'nothing is in everything';
end
$$;
