create or replace function dot.fn_row_key(p_columns text[], p_row jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce(string_agg(coalesce(p_row ->> c, ''), ' ' order by n), '') from unnest(p_columns) with ordinality x(c, n)
$$;
comment on function dot.fn_row_key(text[], jsonb) is 'The key of a row in dot_row_history: the values of its key columns, one space between them.';
