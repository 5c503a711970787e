create or replace function dot.fn_schema_regex_class(p_class text, out o_chars int4multirange, out o_property text, out o_deny boolean, out o_cause text)
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_all   constant int4multirange := '{[1,55296),[57344,1114112)}'::int4multirange;
  v_token text;
  v_atom  record;
  v_from  int;
  v_dash  boolean := false;
begin
  o_chars := int4multirange();
  o_property := '';
  o_deny := p_class like '[^%';
  for v_token in
    select m[1] from regexp_matches(substr(p_class, case when o_deny then 3 else 2 end, length(p_class) - case when o_deny then 3 else 2 end),
      '(\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\[0-9]+|\\.|.)', 'g') m
  loop
    -- Between two characters a dash makes a range of them; at either end, after a range and beside a set it is one itself.
    if v_token = '-' and v_from is not null and not v_dash then
      v_dash := true;
      continue;
    end if;
    if v_token = '\b' then
      select 8 as o_code, null::int4multirange as o_chars, null::text as o_property into v_atom;
    elsif v_token like '\\%' then
      v_atom := dot.fn_schema_regex_escape(v_token);
    else
      select ascii(v_token) as o_code, null::int4multirange as o_chars, null::text as o_property into v_atom;
    end if;
    if v_atom.o_code is not null and v_dash then
      if v_atom.o_code < v_from then
        o_cause := format('has a range from the larger to the smaller within %s', p_class);
        return;
      end if;
      o_chars := o_chars + int4multirange(int4range(v_from, v_atom.o_code + 1));
      v_from := null;
    elsif v_atom.o_code is not null then
      o_chars := o_chars + int4multirange(int4range(v_atom.o_code, v_atom.o_code + 1));
      v_from := v_atom.o_code;
    elsif v_atom.o_chars is not null or v_atom.o_property is not null and v_token like '\\p%' then
      o_chars := o_chars + coalesce(v_atom.o_chars, '{}') + case when v_dash then '{[45,46)}'::int4multirange else '{}' end;
      o_property := o_property || coalesce(v_atom.o_property, '');
      v_from := null;
    else
      o_cause := case when v_token ~ '^\\[pP]\{' then 'uses a Unicode property that is not supported' else format('has an escape that ECMA-262 does not know within %s', p_class) end;
      return;
    end if;
    v_dash := false;
  end loop;
  o_chars := (o_chars + case when v_dash then '{[45,46)}'::int4multirange else '{}' end) * c_all;
  if o_property = '' and o_deny then
    o_chars := c_all - o_chars;
    o_deny := false;
  end if;
end
$$;
comment on function dot.fn_schema_regex_class(text) is
  'A class of ECMA-262 with its brackets: the code points, and the character classes of PostgreSQL beside them (''''), of which one has to be, or none where o_deny. o_cause, and nothing to rely on in the rest, where it is no class that can be translated. U+0000 and surrogates are left out, since no jsonb string holds them.';
