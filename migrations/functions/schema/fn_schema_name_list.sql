create or replace function dot.fn_schema_name_list(p_value jsonb) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_typeof(p_value) = 'array' and not exists (
    select 1 from jsonb_array_elements(case jsonb_typeof(p_value) when 'array' then p_value else '[]' end) e group by e having jsonb_typeof(e) <> 'string' or count(*) > 1)
$$;
comment on function dot.fn_schema_name_list(jsonb) is 'Whether a value is an array of strings of which none comes twice.';
