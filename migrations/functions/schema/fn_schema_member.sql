create or replace function dot.fn_schema_member(p_all jsonb, p_name text) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_agg(l), '[]')
    from jsonb_array_elements(p_all) g cross join lateral jsonb_array_elements(dot.fn_schema_literals(dot.fn_schema_eff_name(g -> 's', p_name), g)) l
$$;
comment on function dot.fn_schema_member(jsonb, text) is
  'The literals that the literals p_all {properties, patternProperties, additionalProperties} ask of the property p_name; see fn_schema_sat.';
