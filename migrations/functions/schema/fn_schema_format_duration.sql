create or replace function dot.fn_schema_format_duration(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with part(of_day) as (values ('T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)'))
  select (p_text collate "C") ~ ('^P(?:[0-9]+W|' || of_day || '|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:' || of_day || ')?)$') from part
$$;
comment on function dot.fn_schema_format_duration(text) is
  'Whether a text is of the format duration: RFC 3339, appendix A, which leaves out no unit between two. Null for null.';
