create or replace function dot.fn_schema_path(p_tokens text[]) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(string_agg('/' || dot.fn_schema_token(t), '' order by n), '') from unnest(p_tokens) with ordinality x(t, n)
$$;
comment on function dot.fn_schema_path(text[]) is 'The JSON Pointer (RFC 6901) of some tokens; empty for none.';
