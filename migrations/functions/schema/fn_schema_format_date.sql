create or replace function dot.fn_schema_format_date(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  -- Every month by its length, and 29 February in leap years.
  select (p_text collate "C") ~ ('^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))'
    || '|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$')
$$;
comment on function dot.fn_schema_format_date(text) is
  'Whether a text is of the format date: a full-date of RFC 3339, of a day that the Gregorian calendar has. Null for null.';
