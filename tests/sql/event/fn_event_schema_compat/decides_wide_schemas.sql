do $$
declare
  v_old   jsonb;
  v_found jsonb;
begin
  select jsonb_build_object('type', 'object', 'required', jsonb_agg('f' || i) filter (where i <= 40), 'properties', jsonb_object_agg('f' || i,
           jsonb_build_object('type', case i % 3 when 0 then 'string' when 1 then 'integer' else 'boolean' end)))
    into v_old from generate_series(1, 80) i;
  v_found := dot.fn_event_schema_compat(v_old, jsonb_set(v_old, '{properties,f81}', '{"type": "string", "maxLength": 5}'), 'full');
  assert v_found ->> 'level' = 'minor', format('one more of eighty: %s', v_found -> 'differences');
  v_found := dot.fn_event_schema_compat(v_old, jsonb_set(v_old, '{properties,f79}', '{"type": "string"}'), 'full');
  assert v_found ->> 'backward' = 'incompatible' and v_found ->> 'forward' = 'incompatible' and v_found #> '{writer_reader,backward,witness}' ? 'f79', 'one of eighty is another';
end
$$;
