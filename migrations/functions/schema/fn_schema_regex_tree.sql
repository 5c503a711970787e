create or replace function dot.fn_schema_regex_tree(p_pattern text) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_most  constant int := 300;
  c_all   constant int4multirange := '{[1,55296),[57344,1114112)}'::int4multirange;
  c_digit constant int4multirange := '{[48,58)}'::int4multirange;
  c_word  constant int4multirange := '{[48,58),[65,91),[95,96),[97,123)}'::int4multirange;
  c_space constant int4multirange := '{[9,14),[32,33),[160,161),[5760,5761),[8192,8203),[8232,8234),[8239,8240),[8287,8288),[12288,12289),[65279,65280)}'::int4multirange;
  c_dot   constant int4multirange := c_all - '{[10,11),[13,14),[8232,8234)}';
  v_stack jsonb[] := array[]::jsonb[];
  v_alts  jsonb := '[]'::jsonb;
  v_seq   jsonb := '[]'::jsonb;
  v_at    int := 1;
  v_rest  text;
  v_c     text;
  v_m     text[];
  v_set   int4multirange;
  v_class int4multirange;
  v_in    boolean := false;
  v_deny  boolean;
  v_from  int;
  v_range boolean := false;
  v_one   int;
  v_node  jsonb;
  v_lo    int;
  v_hi    int;
  v_fresh boolean := false;
begin
  while v_at <= length(p_pattern) loop
    v_rest := substr(p_pattern, v_at);
    v_c := left(v_rest, 1);
    v_set := null;
    v_one := null;
    if v_c = '\' then
      v_m := regexp_match(v_rest, '^\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})');
      if v_m is not null then
        v_one := 65536 + ((('x' || v_m[1])::bit(16)::int - 55296) << 10) + ('x' || v_m[2])::bit(16)::int - 56320;
        v_at := v_at + 12;
      elsif v_rest ~ '^\\u[0-9A-Fa-f]{4}' then
        v_one := ('x' || substr(v_rest, 3, 4))::bit(16)::int;
        v_at := v_at + 6;
      elsif v_rest ~ '^\\u\{[0-9A-Fa-f]{1,6}\}' then
        v_m := regexp_match(v_rest, '^\\u\{([0-9A-Fa-f]+)\}');
        v_one := ('x' || lpad(v_m[1], 8, '0'))::bit(32)::int;
        v_at := v_at + length(v_m[1]) + 4;
      elsif v_rest ~ '^\\x[0-9A-Fa-f]{2}' then
        v_one := ('x' || substr(v_rest, 3, 2))::bit(8)::int;
        v_at := v_at + 4;
      elsif v_rest ~ '^\\c[A-Za-z]' then
        v_one := ascii(upper(substr(v_rest, 3, 1))) - 64;
        v_at := v_at + 3;
      else
        v_c := substr(v_rest, 2, 1);
        v_at := v_at + 2;
        if v_c in ('d', 'D', 'w', 'W', 's', 'S') then
          v_set := case v_c when 'd' then c_digit when 'D' then c_all - c_digit when 'w' then c_word when 'W' then c_all - c_word when 's' then c_space else c_all - c_space end;
        elsif v_c in ('t', 'n', 'v', 'f', 'r') then
          v_one := case v_c when 't' then 9 when 'n' then 10 when 'v' then 11 when 'f' then 12 else 13 end;
        elsif v_c = '' or v_c ~ '^[A-Za-z0-9]$' then
          -- Word boundaries, references, properties of Unicode, and what is no escape.
          return null;
        else
          v_one := ascii(v_c);
        end if;
      end if;
    elsif v_in and v_c = ']' then
      v_at := v_at + 1;
      v_in := false;
      if v_range then
        v_class := v_class + int4multirange(int4range(45, 46));
      end if;
      v_set := case when v_deny then c_all - v_class else v_class * c_all end;
    elsif v_in and v_c = '-' and v_from is not null and not v_range and substr(v_rest, 2, 1) <> ']' then
      v_range := true;
      v_at := v_at + 1;
      continue;
    elsif v_in then
      v_one := ascii(v_c);
      v_at := v_at + 1;
    elsif v_c = '[' then
      v_deny := v_rest ~ '^\[\^';
      v_at := v_at + case when v_deny then 2 else 1 end;
      v_class := '{}';
      v_in := true;
      v_from := null;
      v_range := false;
      continue;
    elsif v_c = '(' then
      v_m := regexp_match(v_rest, '^\((\?<[A-Za-z_$][A-Za-z0-9_$]*>|\?:|(?!\?))');
      if v_m is null then
        return null;
      end if;
      v_stack := v_stack || jsonb_build_object('a', v_alts, 's', v_seq);
      v_alts := '[]';
      v_seq := '[]';
      v_at := v_at + 1 + length(v_m[1]);
      v_fresh := false;
      continue;
    elsif v_c in ('|', ')') then
      v_alts := v_alts || jsonb_build_array(jsonb_build_object('t', 's', 'x', v_seq, 'n', (select coalesce(sum((e -> 'n')::int), 0) from jsonb_array_elements(v_seq) e)));
      v_seq := '[]';
      v_at := v_at + 1;
      v_fresh := false;
      if v_c = ')' then
        if cardinality(v_stack) = 0 then
          return null;
        end if;
        v_node := jsonb_build_object('t', 'a', 'x', v_alts, 'n', (select sum((e -> 'n')::int) from jsonb_array_elements(v_alts) e));
        v_alts := v_stack[cardinality(v_stack)] -> 'a';
        v_seq := (v_stack[cardinality(v_stack)] -> 's') || jsonb_build_array(v_node);
        v_stack := v_stack[1:cardinality(v_stack) - 1];
        v_fresh := true;
      end if;
      continue;
    elsif v_c in ('*', '+', '?') or v_rest ~ '^\{[0-9]+(,[0-9]*)?\}' then
      v_m := case when v_c = '{' then regexp_match(v_rest, '^\{([0-9]{1,5})(,)?([0-9]{0,5})\}(\??)') else array[case v_c when '+' then '1' else '0' end, ',', case v_c when '?' then '1' else '' end, substring(v_rest from '^.(\?)')] end;
      if v_m is null or not v_fresh then
        return null;
      end if;
      v_at := v_at + case when v_c = '{' then position('}' in v_rest) else 1 end + length(coalesce(v_m[4], ''));
      v_lo := v_m[1]::int;
      v_hi := case when v_m[2] is null then v_lo when v_m[3] = '' then null else v_m[3]::int end;
      v_node := v_seq -> -1;
      if v_hi < v_lo or (v_node -> 'n')::int * greatest(v_lo, coalesce(v_hi, 0), 1) > c_most then
        return null;
      end if;
      v_seq := (v_seq - -1) || jsonb_build_array(jsonb_build_object('t', 'r', 'x', v_node, 'lo', v_lo, 'hi', v_hi, 'n', (v_node -> 'n')::int * greatest(v_lo, coalesce(v_hi, v_lo + 1), 1)));
      v_fresh := false;
      continue;
    elsif v_c in ('^', '$') then
      v_seq := v_seq || jsonb_build_array(jsonb_build_object('t', 'c', 'x', case v_c when '^' then '{[0,1)}' else '{[1114112,1114113)}' end, 'n', 1));
      v_at := v_at + 1;
      v_fresh := false;
      continue;
    elsif v_c = '.' then
      v_set := c_dot;
      v_at := v_at + 1;
    else
      v_one := ascii(v_c);
      v_at := v_at + 1;
    end if;
    if v_in then
      if v_range then
        if v_set is not null or v_one < v_from then
          return null;
        end if;
        v_class := v_class + int4multirange(int4range(v_from, v_one + 1));
        v_range := false;
        v_from := null;
      elsif v_set is not null then
        v_class := v_class + v_set;
        v_from := null;
      else
        v_class := v_class + int4multirange(int4range(v_one, v_one + 1));
        v_from := v_one;
      end if;
    else
      v_seq := v_seq || jsonb_build_array(jsonb_build_object('t', 'c', 'x', coalesce(v_set, int4multirange(int4range(v_one, v_one + 1)) * c_all), 'n', 1));
      v_fresh := true;
    end if;
  end loop;
  if v_in or cardinality(v_stack) > 0 then
    return null;
  end if;
  v_alts := v_alts || jsonb_build_array(jsonb_build_object('t', 's', 'x', v_seq, 'n', 0));
  v_node := jsonb_build_object('t', 'a', 'x', v_alts);
  return case when (select sum((n #>> '{}')::int) from jsonb_path_query(v_node, 'strict $.**.n') n) > 20 * c_most then null else v_node end;
end
$$;
comment on function dot.fn_schema_regex_tree(text) is
  'A regular expression of ECMA-262 as a tree: {t: c, x: the code points of one character, as an int4multirange; 0 for the start and 1114112 for the end of the text}, {t: s, x: [in sequence]}, {t: a, x: [alternatives]}, {t: r, x: tree, lo, hi or null}; n counts the places. Null for what no finite automaton of 300 places is made from: lookaround, word boundaries, references, Unicode properties, large counts. Means the same as fn_schema_regex.';
