create or replace function dot.fn_schema_strings(p_schema jsonb) returns setof jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select e from jsonb_path_query(p_schema, 'strict $.**.enum[*] ? (@.type() == "string")') e
  union
  select e from jsonb_path_query(p_schema, 'strict $.**.const ? (@.type() == "string")') e
$$;
comment on function dot.fn_schema_strings(jsonb) is 'The strings that enum and const list anywhere in a schema.';
