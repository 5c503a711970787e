create or replace function dot.fn_schema_format_date_time(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp
as $$
  select substr(p_text, 11, 1) in ('T', 't') and dot.fn_schema_format_date(left(p_text, 10)) and dot.fn_schema_format_time(substr(p_text, 12))
$$;
comment on function dot.fn_schema_format_date_time(text) is
  'Whether a text is of the format date-time (RFC 3339). Null for null.';
