create or replace function dot.fn_schema_format_ipv4(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select (p_text collate "C") ~ '^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!$)|$)){4}$'
$$;
comment on function dot.fn_schema_format_ipv4(text) is
  'Whether a text is of the format ipv4: four decimal numbers to 255 without leading zeros (RFC 2673, 3.2). Null for null.';
