create or replace function dot.fn_schema_type_names(p_schema jsonb) returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select case jsonb_typeof(p_schema -> 'type')
    when 'string' then array[p_schema ->> 'type'] when 'array' then array(select jsonb_array_elements_text(p_schema -> 'type'))
    else array['any'] end
$$;
comment on function dot.fn_schema_type_names(jsonb) is 'The JSON types that a schema''s type keyword names; any when it has none.';
