create or replace function dot.fn_schema_format_uri_reference(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  -- The characters that stand for themselves; what is after the authority, and the first segment without a scheme, as RFC 3986 has it.
  with part(plain, address) as (values ('A-Za-z0-9._~!$&''()*+,;=', substring(p_text from '^[^/?#]*//[^][/?#]*\[([^]/?#]*)\]')))
  select (p_text collate "C") ~ ('^(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))'
      || '(?://(?:(?:[' || plain || ':-]|%[0-9A-Fa-f]{2})*@)?(?:\[[' || plain || ':-]+\]|(?:[' || plain || '-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?(?![^/?#])|(?!//))'
      || '(?:[' || plain || ':@/-]|%[0-9A-Fa-f]{2})*(?:\?(?:[' || plain || ':@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[' || plain || ':@/?-]|%[0-9A-Fa-f]{2})*)?$')
    and (address is null or dot.fn_schema_format_ipv6(address) or (address collate "C") ~ ('^[vV][0-9A-Fa-f]+\.[' || plain || ':-]+$'))
    from part
$$;
comment on function dot.fn_schema_format_uri_reference(text) is
  'Whether a text is of the format uri-reference: a URI or a relative reference of RFC 3986, in ASCII. Null for null.';
