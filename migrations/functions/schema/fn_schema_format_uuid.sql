create or replace function dot.fn_schema_format_uuid(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select (p_text collate "C") ~ '^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
$$;
comment on function dot.fn_schema_format_uuid(text) is
  'Whether a text is of the format uuid: RFC 4122, of any version and variant, in either case. Null for null.';
