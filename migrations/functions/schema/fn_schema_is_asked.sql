create or replace function dot.fn_schema_is_asked(p_rules jsonb, p_name jsonb, p_denied jsonb) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_typeof(p_name) = 'string' and p_denied -> 's' ? 'additionalProperties' and not exists (
    select 1 from jsonb_array_elements(dot.fn_schema_eff_name(p_denied -> 's', p_name #>> '{}')) d
     where d <> 'true' and not exists (
       select 1 from jsonb_array_elements(p_rules -> (p_name #>> '{}') -> 'lits') l
        where l -> 's' = d and l -> 'n' = 'false' and (not dot.fn_schema_has_refs(d) or (l -> 'b' = p_denied -> 'b' and l -> 'l' = p_denied -> 'l')))), false)
$$;
comment on function dot.fn_schema_is_asked(jsonb, jsonb, jsonb) is
  'Whether the member p_name of an object, asked for p_rules {name: {lits}}, is asked by these very schemas for all that the literal p_denied {properties, …} denies; for fn_schema_solve_object.';
