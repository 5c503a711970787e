create or replace function dot.fn_schema_format_email(p_text text) returns boolean
language sql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  -- Before the last @ a name or a quoted one; after it a host's name, or an address in brackets.
  with part(name, host) as (values (regexp_replace(p_text, '@[^@]*$', ''), substring(p_text from '@([^@]*)$')))
  select host is not null and length(name) <= 64
    and (name collate "C") ~ '^(?:[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&''*+/=?^_`{|}~-]+)*|"(?:[ !#-[^-~]|\]|\\[ -~])*")$'
    and case when left(host, 1) <> '[' then dot.fn_schema_format_hostname(host)
          when host ~ '^\[IPv6:.*\]$' then dot.fn_schema_format_ipv6(substring(host from '^\[IPv6:(.*)\]$'))
          else coalesce(dot.fn_schema_format_ipv4(substring(host from '^\[(.*)\]$')), false) end
    from part
$$;
comment on function dot.fn_schema_format_email(text) is
  'Whether a text is of the format email: a Mailbox of RFC 5321, 4.1.2, in ASCII, whose host has a name or an IPv4 or IPv6 address. Null for null.';
