create or replace function dot.fn_schema_eff_name(p_group jsonb, p_name text, p_patterns text[] default null) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_schemas jsonb;
begin
  select coalesce(jsonb_agg(x.s), '[]') into v_schemas from (
    select p_group -> 'properties' -> p_name as s where p_name is not null and p_group -> 'properties' ? p_name
    union all
    select q.value from jsonb_each(p_group -> 'patternProperties') q
     where case when p_name is null then q.key = any (p_patterns) else dot.fn_schema_matches(p_name, q.key) end) x;
  return case when v_schemas = '[]' then jsonb_build_array(p_group -> 'additionalProperties') else v_schemas end;
end
$$;
comment on function dot.fn_schema_eff_name(jsonb, text, text[]) is
  'The schemas that properties, patternProperties and additionalProperties (p_group) ask of the property p_name; with p_name null, of any other property whose name matches exactly p_patterns among the patterns.';
