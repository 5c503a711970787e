create or replace function dot.fn_schema_format_hostname(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select length(p_text) <= 253 and (p_text collate "C") ~ '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$'
    -- A label in Punycode stands for one of IDNA.
    and not exists (
      select 1 from regexp_split_to_table(lower(p_text collate "C"), '\.') l
       where l like 'xn--%' and not coalesce(l <> 'xn--' and dot.fn_schema_punycode(substr(l, 5)) ~ '[^\u0001-\u007f]' and dot.fn_schema_idna_label(dot.fn_schema_punycode(substr(l, 5))), false))
$$;
comment on function dot.fn_schema_format_hostname(text) is
  'Whether a text is of the format hostname: RFC 1123, 2.1, labels of up to 63 characters, 253 in all, whose A-labels (xn--) are of IDNA 2008 (fn_schema_idna_label). Null for null.';
