create or replace function dot.fn_schema_regex_chars(p_chars int4multirange, p_property text default '', p_deny boolean default false) returns text
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select case
    when p_property = '' and p_chars = '{}' then case when p_deny then '[\u0001-\U0010ffff]' else '(?:(?!))' end
    when p_property = '' and not p_deny and p_chars <@ int4range(lower(p_chars), lower(p_chars) + 1)
      then case when chr(lower(p_chars)) ~ '[A-Za-z0-9 _,:;=@/-]' then chr(lower(p_chars)) else r.text end
    else '[' || case when p_deny then '^' else '' end || coalesce(r.text, '') || p_property || ']' end
    from (
      select string_agg(case upper(x.r) - lower(x.r) when 1 then f.text else f.text || '-' || t.text end, '' order by x.r) as text
        from unnest(p_chars) x(r)
       cross join lateral (select case when lower(x.r) < 65536 then '\u' || lpad(to_hex(lower(x.r)), 4, '0') else '\U' || lpad(to_hex(lower(x.r)), 8, '0') end) f(text)
       cross join lateral (select case when upper(x.r) <= 65536 then '\u' || lpad(to_hex(upper(x.r) - 1), 4, '0') else '\U' || lpad(to_hex(upper(x.r) - 1), 8, '0') end) t(text)) r
$$;
comment on function dot.fn_schema_regex_chars(int4multirange, text, boolean) is
  'One of these characters (or, with p_deny, none of them) as an expression of PostgreSQL: code points, and character classes such as [:alpha:].';
