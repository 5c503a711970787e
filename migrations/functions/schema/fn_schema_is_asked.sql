create or replace function dot.fn_schema_is_asked(p_lits jsonb, p_denied jsonb, p_name text) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(p_denied -> 's' ? 'additionalProperties' and not exists (
    select 1 from jsonb_array_elements(dot.fn_schema_eff_name(p_denied -> 's', p_name)) d
     where d <> 'true' and not exists (
       select 1 from jsonb_array_elements(p_lits) l
        where l -> 's' = d and l -> 'n' = 'false' and ((l -> 'b' = p_denied -> 'b' and l -> 'l' = p_denied -> 'l') or not dot.fn_schema_has_refs(d)))), false)
$$;
comment on function dot.fn_schema_is_asked(jsonb, jsonb, text) is
  'Whether the member p_name of an object, asked for the literals p_lits, is asked by these very schemas for all that the literal p_denied {properties, …} denies; for fn_schema_solve_object.';
