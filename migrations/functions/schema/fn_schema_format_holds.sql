create or replace function dot.fn_schema_format_holds(p_format text, p_text text) returns boolean
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce(case p_format
    when 'date-time' then dot.fn_schema_format_date_time(p_text)
    when 'date' then dot.fn_schema_format_date(p_text)
    when 'time' then dot.fn_schema_format_time(p_text)
    when 'duration' then dot.fn_schema_format_duration(p_text)
    when 'email' then dot.fn_schema_format_email(p_text)
    when 'hostname' then dot.fn_schema_format_hostname(p_text)
    when 'ipv4' then dot.fn_schema_format_ipv4(p_text)
    when 'ipv6' then dot.fn_schema_format_ipv6(p_text)
    when 'uri' then dot.fn_schema_format_uri(p_text)
    when 'uri-reference' then dot.fn_schema_format_uri_reference(p_text)
    when 'uuid' then dot.fn_schema_format_uuid(p_text)
    when 'json-pointer' then dot.fn_schema_format_json_pointer(p_text)
    when 'regex' then dot.fn_schema_format_regex(p_text) end, true)
$$;
comment on function dot.fn_schema_format_holds(text, text) is
  'Whether a text is of a format, of those that can be asserted (fn_schema_formats_known); true for any other format, and where there is no text. Never null.';
