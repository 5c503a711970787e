create or replace function dot.fn_schema_format_uri(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select (p_text collate "C") ~ '^[A-Za-z][A-Za-z0-9+.-]*:' and dot.fn_schema_format_uri_reference(p_text)
$$;
comment on function dot.fn_schema_format_uri(text) is
  'Whether a text is of the format uri: a URI of RFC 3986, with its scheme, in ASCII. Null for null.';
