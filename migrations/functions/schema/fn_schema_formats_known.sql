create or replace function dot.fn_schema_formats_known() returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select array['date-time', 'date', 'time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uri-reference', 'uuid', 'json-pointer', 'regex']
$$;
comment on function dot.fn_schema_formats_known() is
  'The formats that can be asserted: of each, called a-b, a function fn_schema_format_a_b(text) says whether a text is of it. Any other format is an annotation.';
