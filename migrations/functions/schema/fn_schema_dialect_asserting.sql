create or replace function dot.fn_schema_dialect_asserting() returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select 'urn:dot:draft-2020-12:format-assertion'
$$;
comment on function dot.fn_schema_dialect_asserting() is
  'The dialect ($schema) of Draft 2020-12 with the vocabulary format-assertion in place of format-annotation: fn_schema_link knows it.';
