create or replace function dot.fn_schema_regex_atom(p_token text, out o_node jsonb, out o_cause text)
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_all   constant int4multirange := '{[1,55296),[57344,1114112)}'::int4multirange;
  c_word  constant text := 'A-Za-z0-9_';
  v_atom  record;
begin
  if p_token in ('^', '$') then
    o_node := jsonb_build_object('t', 'c', 'x', case p_token when '^' then '{[0,1)}' else '{[1114112,1114113)}' end, 're', p_token, 'n', 1);
  elsif p_token in ('\b', '\B') then
    o_node := jsonb_build_object('t', 'b', 'n', 4, 're', format(case p_token when '\b' then '(?:(?<![%1$s])(?=[%1$s])|(?<=[%1$s])(?![%1$s]))' else '(?:(?<![%1$s])(?![%1$s])|(?<=[%1$s])(?=[%1$s]))' end, c_word));
  elsif p_token = '[' then
    o_cause := 'has a [ without its ]';
  elsif p_token like '[%' then
    v_atom := dot.fn_schema_regex_class(p_token);
    o_cause := v_atom.o_cause;
    o_node := jsonb_build_object('t', 'c', 'x', case when v_atom.o_property = '' then v_atom.o_chars end, 'n', 1, 're', dot.fn_schema_regex_chars(v_atom.o_chars, v_atom.o_property, v_atom.o_deny));
  elsif p_token like '\\%' then
    v_atom := dot.fn_schema_regex_escape(p_token);
    v_atom.o_chars := coalesce(v_atom.o_chars, case when v_atom.o_code is not null then int4multirange(int4range(v_atom.o_code, v_atom.o_code + 1)) * c_all end);
    if coalesce(v_atom.o_property, v_atom.o_chars::text) is null then
      o_cause := case when p_token ~ '^\\[pP]\{' then 'uses a Unicode property that is not supported' else format('has an escape that ECMA-262 does not know: %s', p_token) end;
    end if;
    o_node := jsonb_build_object('t', 'c', 'x', v_atom.o_chars, 'n', 1,
      're', case when v_atom.o_property is null then dot.fn_schema_regex_chars(v_atom.o_chars) else dot.fn_schema_regex_chars('{}', v_atom.o_property, p_token like '\\P%') end);
  elsif p_token = '.' then
    o_node := jsonb_build_object('t', 'c', 'x', c_all - '{[10,11),[13,14),[8232,8234)}'::int4multirange, 'n', 1, 're', '[^\u000a\u000d\u2028\u2029]');
  else
    o_node := jsonb_build_object('t', 'c', 'x', format('{[%s,%s)}', ascii(p_token), ascii(p_token) + 1), 'n', 1,
      're', case when p_token ~ '[A-Za-z0-9]' then p_token else dot.fn_schema_regex_chars(int4multirange(int4range(ascii(p_token), ascii(p_token) + 1))) end);
  end if;
end
$$;
comment on function dot.fn_schema_regex_atom(text) is
  'One token of a pattern that stands for a character or a place between two, as a leaf for fn_schema_regex_tree; o_cause where it is none (then nothing is to be relied on in the rest).';
