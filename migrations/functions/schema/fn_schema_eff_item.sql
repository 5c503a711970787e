create or replace function dot.fn_schema_eff_item(p_group jsonb, p_index int) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_build_array(coalesce(p_group -> 'prefixItems' -> p_index, p_group -> 'items'))
$$;
comment on function dot.fn_schema_eff_item(jsonb, int) is 'The schema, in an array, that prefixItems and items (p_group) ask of the item p_index, from 0.';
