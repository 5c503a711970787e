create or replace function dot.fn_registry_key(p_columns text[], p_row jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  select string_agg(p_row ->> c, ' ' order by n) from unnest(p_columns) with ordinality x(c, n)
$$;
comment on function dot.fn_registry_key(text[], jsonb) is 'The key of an entry: the values of its key columns, one space between them.';
