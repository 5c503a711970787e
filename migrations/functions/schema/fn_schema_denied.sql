create or replace function dot.fn_schema_denied(p_schemas jsonb, p_like jsonb) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_build_array(jsonb_build_object('s', case jsonb_array_length(p_schemas) when 1 then p_schemas -> 0 else jsonb_build_object('allOf', p_schemas) end,
    'n', true, 'b', p_like -> 'b', 'l', p_like -> 'l'))
$$;
comment on function dot.fn_schema_denied(jsonb, jsonb) is 'The literal, in an array, that not all of some schemas hold, of the same place as the literal p_like; see fn_schema_sat.';
