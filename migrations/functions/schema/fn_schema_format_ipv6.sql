create or replace function dot.fn_schema_format_ipv6(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  -- An IPv4 address at the end is two groups.
  with address(text) as (
    select case when position('.' in p_text) = 0 then p_text
             when dot.fn_schema_format_ipv4(substring(p_text from '[^:]*$')) then regexp_replace(p_text, '[^:]*$', '0:0') else '' end
  )
  select length(p_text) <= 45 and ((a.text collate "C") ~ '^(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}$'
    or ((a.text collate "C") ~ '^(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?$'
        and (select count(*) from regexp_matches(a.text, '[0-9A-Fa-f]+', 'g')) <= 7))
    from address a
$$;
comment on function dot.fn_schema_format_ipv6(text) is
  'Whether a text is of the format ipv6: RFC 4291, 2.2, without zone and prefix length. Null for null.';
