create or replace function dot.fn_schema_literals(p_schemas jsonb, p_like jsonb, p_not boolean default false) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('s', s, 'n', p_not, 'b', p_like -> 'b', 'l', p_like -> 'l')), '[]')
    from jsonb_array_elements(p_schemas) s where s <> 'true' or p_not
$$;
comment on function dot.fn_schema_literals(jsonb, jsonb, boolean) is 'Schemas as literals of the same place as the literal p_like; see fn_schema_sat.';
