create or replace function dot.fn_schema_token(p_token text) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select replace(replace(p_token, '~', '~0'), '/', '~1')
$$;
comment on function dot.fn_schema_token(text) is 'One token of a JSON Pointer (RFC 6901), escaped.';
