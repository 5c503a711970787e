create or replace function dot.fn_schema_format_json_pointer(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select (p_text collate "C") ~ '^(?:/(?:[^/~]|~[01])*)*$'
$$;
comment on function dot.fn_schema_format_json_pointer(text) is
  'Whether a text is of the format json-pointer: RFC 6901, as a string, not as a fragment of a URI. Null for null.';
