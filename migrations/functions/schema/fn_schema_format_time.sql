create or replace function dot.fn_schema_format_time(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select case
    when (p_text collate "C") !~ '^(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$' then false
    when substr(p_text, 7, 2) <> '60' then true
    -- A leap second is the last one of a day in UTC.
    else (substr(p_text, 1, 2)::int * 60 + substr(p_text, 4, 2)::int
      - case when lower(right(p_text, 1)) = 'z' then 0
          else (left(right(p_text, 6), 1) || '1')::int * (substr(right(p_text, 6), 2, 2)::int * 60 + right(p_text, 2)::int) end + 1440) % 1440 = 1439 end
$$;
comment on function dot.fn_schema_format_time(text) is
  'Whether a text is of the format time: a full-time of RFC 3339, with its offset; second 60 only where a day ends in UTC. Null for null.';
