create or replace function dot.fn_schema_regex_tree(p_pattern text) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  -- The longest that fits is one token.
  c_token constant text := '(\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\k<[^>]*>|\\[0-9]+|\\.'
    || '|\[\^?(?:[^]\\]|\\.)*\]|\(\?(?:|[:=!]|<[=!]|<[A-Za-z_$\u0080-\U0010ffff][A-Za-z0-9_$\u0080-\U0010ffff]*>)|\{[0-9]+(?:,[0-9]*)?\}\??|[*+?]\??|.)';
  v_tokens text[] := array(select m[1] from regexp_matches(p_pattern, c_token, 'g') m);
  v_names  text[] := array(select substring(t from '^\(\?<(.*)>$') from unnest(v_tokens) with ordinality x(t, n) where t = '(' or t ~ '^\(\?<[^=!]' order by n);
  v_groups int := 0;
  v_depth  int := 1;
  -- Of each group that is open, and of the whole: its node, where its alternatives begin among the nodes, and where this one begins.
  v_open   jsonb[] := array['{"t": "a"}'::jsonb];
  v_begin  int[] := array[1];
  v_first  int[] := array[1];
  v_nodes  jsonb[] := array[]::jsonb[];
  v_at     int := 0;
  v_token  text;
  v_node   jsonb;
  v_part   jsonb[];
  v_atom   record;
  v_count  text[];
  -- Whether what comes before can be repeated.
  v_atomic boolean := false;
begin
  foreach v_token in array v_tokens || ''::text loop
    case
    when v_token in ('|', ')', '') then
      if v_token = ')' and v_depth = 1 then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, 'ends a group that it did not begin');
      elsif v_token = '' and v_depth > 1 then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, 'begins a group that it does not end');
      end if;
      v_part := v_nodes[v_first[v_depth]:];
      v_node := jsonb_build_object('t', 's', 'x', to_jsonb(v_part), 'n', (select coalesce(sum((e -> 'n')::bigint), 0) from unnest(v_part) e));
      v_nodes := v_nodes[:v_first[v_depth] - 1] || v_node;
      v_first[v_depth] := cardinality(v_nodes) + 1;
      if v_token <> '|' then
        v_part := v_nodes[v_begin[v_depth]:];
        v_node := v_open[v_depth] || jsonb_build_object('x', to_jsonb(v_part), 'n', (select sum((e -> 'n')::bigint) from unnest(v_part) e));
        v_nodes := v_nodes[:v_begin[v_depth] - 1] || v_node;
        v_depth := v_depth - 1;
      end if;
      v_atomic := v_token = ')' and v_node ->> 't' = 'a';
    when v_token like '(%' then
      v_groups := v_groups + case when v_token = '(' or v_token like '(?<%>' then 1 else 0 end;
      v_depth := v_depth + 1;
      if v_depth > 100 then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, 'nests groups more than 100 deep');
      end if;
      v_open[v_depth] := case
        when v_token in ('(?=', '(?!', '(?<=', '(?<!') then jsonb_build_object('t', 'l', 'open', v_token)
        when v_token = '(?:' then '{"t": "a"}' when v_token <> '(?' then jsonb_build_object('t', 'a', 'group', v_groups) end;
      if v_open[v_depth] is null then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, 'has a group that ECMA-262 does not know');
      end if;
      v_begin[v_depth] := cardinality(v_nodes) + 1;
      v_first[v_depth] := v_begin[v_depth];
      v_atomic := false;
    when v_token ~ '^(?:[*+?]|\{.)' then
      if not v_atomic then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, format('repeats nothing by %s', v_token), 'Write \ before a character that stands for itself.');
      end if;
      v_count := case left(v_token, 1) when '*' then array['0', ',', ''] when '+' then array['1', ',', ''] when '?' then array['0', ',', '1'] else regexp_match(v_token, '^\{([0-9]+)(,)?([0-9]*)\}') end;
      v_count[3] := case when v_count[2] is null then v_count[1] else v_count[3] end;
      if length(ltrim(v_count[1], '0')) > 5 or length(ltrim(v_count[3], '0')) > 5 or greatest(v_count[1]::int, nullif(v_count[3], '')::int) > 10000 or nullif(v_count[3], '')::int < v_count[1]::int then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, format('repeats %s', v_token), 'Repetitions go up to 10000, and from the smaller to the larger.');
      end if;
      -- Whether it is greedy makes no difference to whether it matches.
      v_node := v_nodes[cardinality(v_nodes)];
      v_node := jsonb_build_object('t', 'r', 'x', v_node, 'lo', v_count[1]::int, 'hi', nullif(v_count[3], '')::int,
        'n', least((v_node -> 'n')::bigint * greatest(v_count[1]::int, coalesce(nullif(v_count[3], '')::int, v_count[1]::int + 1), 1), 1000000000));
      v_nodes[cardinality(v_nodes)] := v_node;
      v_atomic := false;
    when v_token ~ '^\\(?:[1-9]|k<)' then
      v_node := jsonb_build_object('t', 'k', 'offset', v_at, 'n', 1, 'to',
        case when v_token like '\\k%' then array_position(v_names, substr(v_token, 4, length(v_token) - 4)) when length(v_token) < 6 and substr(v_token, 2)::int <= cardinality(v_names) then substr(v_token, 2)::int end);
      if v_node -> 'to' = 'null' then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, format('refers by %s to a group that it does not have', v_token));
      end if;
      v_nodes := v_nodes || v_node;
      v_atomic := true;
    else
      v_atom := dot.fn_schema_regex_atom(v_token);
      if v_atom.o_cause is not null then
        perform dot.fn_schema_regex_refuse(p_pattern, v_at, v_atom.o_cause,
          case when v_atom.o_cause like '%property%' then 'Supported: \p{L}, \p{Lu}, \p{Ll}, \p{Nd}, \p{P}, \p{Cc}, \p{ASCII}, \p{Any}, by long name too; \P outside of brackets.' end);
      end if;
      v_nodes := v_nodes || v_atom.o_node;
      v_atomic := not v_token in ('^', '$', '\b', '\B');
    end case;
    v_at := v_at + length(v_token);
  end loop;
  if (select count(distinct n) <> count(n) from unnest(v_names) n) then
    perform dot.fn_schema_regex_refuse(p_pattern, 0, 'has two groups of one name, which is not supported');
  end if;
  return v_nodes[1];
end
$$;
comment on function dot.fn_schema_regex_tree(text) is
  'A regular expression of ECMA-262 (with the flag u, and what Annex B adds to it where there is one way to read it: { and } by themselves, a dash beside a set) as a tree: {t: c, x: the code points of one character as an int4multirange, 0 for the start and 1114112 for the end of the text, null for a Unicode property, re: as PostgreSQL writes it}, {t: b, re: an edge of a word}, {t: s, x: [in sequence]}, {t: a, x: [alternatives], group: its number, if it has one}, {t: l, open: (?= (?! (?<= or (?<!, x: [alternatives]}, {t: r, x: tree, lo, hi or null}, {t: k, to: the number of the group that it refers to, offset}. n: how many characters it has with all repetitions written out. DT400 where it is none, uses a property that is not supported or counts beyond 10,000.';
