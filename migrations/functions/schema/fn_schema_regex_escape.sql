create or replace function dot.fn_schema_regex_escape(p_escape text, out o_code int, out o_chars int4multirange, out o_property text)
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_all   constant int4multirange := '{[1,55296),[57344,1114112)}'::int4multirange;
  c_digit constant int4multirange := '{[48,58)}'::int4multirange;
  c_word  constant int4multirange := '{[48,58),[65,91),[95,96),[97,123)}'::int4multirange;
  c_space constant int4multirange := '{[9,14),[32,33),[160,161),[5760,5761),[8192,8203),[8232,8234),[8239,8240),[8287,8288),[12288,12289),[65279,65280)}'::int4multirange;
  v_c text := substr(p_escape, 2, 1);
begin
  if v_c in ('u', 'x') then
    o_code := case
      when p_escape like '\\u____\\u____' then 65536 + ((('x' || substr(p_escape, 3, 4))::bit(16)::int - 55296) << 10) + ('x' || substr(p_escape, 9, 4))::bit(16)::int - 56320
      when p_escape ~ '^\\u\{0*[0-9A-Fa-f]{1,6}\}$' then ('x' || lpad(ltrim(substr(p_escape, 4, length(p_escape) - 4), '0'), 8, '0'))::bit(32)::int
      when p_escape ~ '^\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})$' then ('x' || lpad(substr(p_escape, 3), 8, '0'))::bit(32)::int end;
    o_code := case when o_code < 1114112 then o_code end;
  elsif v_c = 'c' and length(p_escape) = 3 then
    o_code := ascii(upper(substr(p_escape, 3, 1))) - 64;
  elsif v_c in ('d', 'D', 'w', 'W', 's', 'S') then
    o_chars := case lower(v_c) when 'd' then c_digit when 'w' then c_word else c_space end;
    o_chars := case when v_c in ('D', 'W', 'S') then c_all - o_chars else o_chars end;
  elsif v_c in ('p', 'P') then
    v_c := substring(p_escape from '^\\[pP]\{(?:(?:General_Category|gc)=)?([A-Za-z_]+)\}$');
    o_property := case
      when v_c in ('L', 'Letter') then '[:alpha:]' when v_c in ('Lu', 'Uppercase_Letter') then '[:upper:]' when v_c in ('Ll', 'Lowercase_Letter') then '[:lower:]'
      when v_c in ('Nd', 'Decimal_Number', 'digit') then '[:digit:]' when v_c in ('P', 'Punctuation', 'punct') then '[:punct:]' when v_c in ('Cc', 'Control', 'cntrl') then '[:cntrl:]' end;
    o_chars := case v_c when 'ASCII' then int4multirange(int4range(1, 128)) when 'Any' then c_all end;
    o_chars := case when p_escape like '\\P%' then c_all - o_chars else o_chars end;
  elsif p_escape = '\0' then
    o_code := 0;
  elsif length(p_escape) = 2 then
    o_code := case v_c when 't' then 9 when 'n' then 10 when 'v' then 11 when 'f' then 12 when 'r' then 13 else case when v_c !~ '[A-Za-z0-9]' then ascii(v_c) end end;
  end if;
end
$$;
comment on function dot.fn_schema_regex_escape(text) is
  'An escape of ECMA-262 within a pattern or a class: the code of one character, the code points of a set (without U+0000 and surrogates, which no jsonb string holds), or the character class of PostgreSQL for a property of Unicode (the same for \p and \P). All null for what is none, for \b and \B, and for references.';
