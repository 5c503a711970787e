create or replace function dot.fn_schema_regex(p_pattern text) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_word   constant text := 'A-Za-z0-9_';
  c_space  constant text := '\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
  -- The complements, as ranges, since PostgreSQL's own \D, \W and \S follow the locale.
  c_not_digit constant text := '\u0001-\u002f\u003a-\U0010ffff';
  c_not_word  constant text := '\u0001-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\U0010ffff';
  c_not_space constant text := '\u0001-\u0008\u000e-\u001f\u0021-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff';
  v_out    text := '';
  v_atom   int := 0;
  v_opens  int[] := array[]::int[];
  v_names  text[] := array[]::text[];
  v_groups int := 0;
  v_class  boolean := false;
  v_refs   boolean := p_pattern ~ '\\[1-9k]';
  v_at     int := 1;
  v_c      text;
  v_rest   text;
  v_m      text[];
  v_piece  text;
  v_copy   text;
  v_lo     bigint;
  v_hi     bigint;
begin
  while v_at <= length(p_pattern) loop
    v_rest := substr(p_pattern, v_at);
    v_c := left(v_rest, 1);
    if v_c = '\' then
      v_m := regexp_match(v_rest, '^\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})');
      if v_m is not null then
        v_piece := '\U' || lpad(to_hex(65536 + ((('x' || v_m[1])::bit(16)::int - 55296) << 10) + ('x' || v_m[2])::bit(16)::int - 56320), 8, '0');
        v_at := v_at + 12;
      elsif v_rest ~ '^\\u[0-9A-Fa-f]{4}' then
        v_piece := left(v_rest, 6);
        v_at := v_at + 6;
      elsif v_rest ~ '^\\u\{[0-9A-Fa-f]{1,8}\}' then
        v_m := regexp_match(v_rest, '^\\u\{([0-9A-Fa-f]+)\}');
        v_piece := '\U' || lpad(v_m[1], 8, '0');
        v_at := v_at + length(v_m[1]) + 4;
      elsif v_rest ~ '^\\x[0-9A-Fa-f]{2}' then
        v_piece := '\u00' || substr(v_rest, 3, 2);
        v_at := v_at + 4;
      elsif v_rest ~ '^\\c[A-Za-z]' then
        v_piece := '\u00' || lpad(to_hex(ascii(upper(substr(v_rest, 3, 1))) - 64), 2, '0');
        v_at := v_at + 3;
      elsif v_rest ~ '^\\[pP]\{' then
        v_m := regexp_match(v_rest, '^\\([pP])\{(?:General_Category=|gc=)?([A-Za-z_]+)\}');
        v_piece := case
          when v_m[2] in ('L', 'Letter') then '[:alpha:]' when v_m[2] in ('Lu', 'Uppercase_Letter') then '[:upper:]' when v_m[2] in ('Ll', 'Lowercase_Letter') then '[:lower:]'
          when v_m[2] in ('Nd', 'Decimal_Number', 'digit') then '[:digit:]' when v_m[2] in ('P', 'Punctuation', 'punct') then '[:punct:]'
          when v_m[2] in ('Cc', 'Control', 'cntrl') then '[:cntrl:]' when v_m[2] = 'ASCII' then '\u0001-\u007f' when v_m[2] = 'Any' then '\u0001-\U0010ffff' end;
        if v_piece is null or (v_class and v_m[1] = 'P') then
          raise exception using errcode = 'DT400', message = format('the pattern %s uses a Unicode property that is not supported', p_pattern),
            detail = jsonb_build_object('at', v_at - 1)::text, hint = 'Supported: \p{L}, \p{Lu}, \p{Ll}, \p{Nd}, \p{P}, \p{Cc}, \p{ASCII}, \p{Any}, by long name too; \P outside of brackets.';
        end if;
        v_at := v_at + position('}' in v_rest);
        if not v_class then
          v_piece := case v_m[1] when 'P' then '[^' else '[' end || v_piece || ']';
        end if;
      else
        v_piece := substr(v_rest, 2, 1);
        v_at := v_at + 2;
        if v_piece in ('d', 'D', 'w', 'W', 's', 'S') then
          v_piece := case v_piece when 'd' then '0-9' when 'D' then c_not_digit when 'w' then c_word when 'W' then c_not_word when 's' then c_space else c_not_space end;
          if not v_class then
            v_piece := '[' || v_piece || ']';
          end if;
        elsif v_piece in ('b', 'B') and not v_class then
          v_piece := case v_piece
            when 'b' then format('(?:(?<![%1$s])(?=[%1$s])|(?<=[%1$s])(?![%1$s]))', c_word) else format('(?:(?<![%1$s])(?![%1$s])|(?<=[%1$s])(?=[%1$s]))', c_word) end;
        elsif v_piece = 'k' and not v_class and v_rest ~ '^\\k<[A-Za-z_$][A-Za-z0-9_$]*>' then
          v_m := regexp_match(v_rest, '^\\k<([^>]+)>');
          v_piece := '\' || array_position(v_names, v_m[1]);
          v_at := v_at + length(v_m[1]) + 2;
        elsif v_piece ~ '[1-9]' and not v_class then
          v_m := regexp_match(v_rest, '^\\([0-9]+)');
          v_piece := '(?:\' || v_m[1] || ')';
          v_at := v_at + length(v_m[1]) - 1;
        elsif v_piece = '0' then
          -- No jsonb string holds U+0000.
          -- … nor a surrogate by itself, which stands for it where one has to stand.
          v_piece := case when not v_class then '(?!)' when v_rest ~ '^\\0-[^]]' then '\u0001' else '\ud800' end;
        else
          v_piece := case v_piece when 't' then '\u0009' when 'n' then '\u000a' when 'v' then '\u000b' when 'f' then '\u000c' when 'r' then '\u000d' when 'b' then '\u0008'
            when '' then null else case when v_piece ~ '^[A-Za-z0-9]$' then null else '\' || v_piece end end;
        end if;
      end if;
      if v_piece is null then
        raise exception using errcode = 'DT400', message = format('the pattern %s has an escape that ECMA-262 does not know', p_pattern), detail = jsonb_build_object('at', v_at)::text;
      end if;
      if not v_class then
        v_atom := length(v_out) + 1;
      end if;
      v_out := v_out || v_piece;
    elsif v_class then
      v_at := v_at + 1;
      v_class := v_c <> ']';
      v_out := v_out || case when v_c = '[' then '\[' else v_c end;
    elsif v_c = '[' then
      v_atom := length(v_out) + 1;
      if v_rest ~ '^\[\]' then
        v_out := v_out || '(?!)';
        v_at := v_at + 2;
      elsif v_rest ~ '^\[\^\]' then
        v_out := v_out || '[\u0001-\U0010ffff]';
        v_at := v_at + 3;
      else
        v_class := true;
        v_piece := case when v_rest ~ '^\[\^' then '[^' else '[' end;
        v_out := v_out || v_piece;
        v_at := v_at + length(v_piece);
      end if;
    elsif v_c = '(' then
      v_opens := v_opens || (length(v_out) + 1);
      v_m := regexp_match(v_rest, '^\((\?<([A-Za-z_$][A-Za-z0-9_$]*)>|\?:|\?=|\?!|\?<=|\?<!|)');
      if v_m[1] = '' or v_m[2] is not null then
        v_groups := v_groups + 1;
        v_names[v_groups] := v_m[2];
        v_out := v_out || case when v_refs then '(' else '(?:' end;
      elsif v_rest ~ '^\(\?(?!:|=|!|<=|<!)' then
        raise exception using errcode = 'DT400', message = format('the pattern %s has a group that ECMA-262 does not know', p_pattern), detail = jsonb_build_object('at', v_at - 1)::text;
      else
        v_out := v_out || '(' || v_m[1];
      end if;
      v_at := v_at + 1 + length(v_m[1]);
      -- An empty group or alternative is no atom in PostgreSQL.
      if substr(p_pattern, v_at, 1) in (')', '|') then
        v_out := v_out || '(?:)';
      end if;
    elsif v_c = ')' then
      v_atom := coalesce(v_opens[cardinality(v_opens)], 1);
      v_opens := v_opens[1:cardinality(v_opens) - 1];
      v_out := v_out || ')';
      v_at := v_at + 1;
    elsif v_c = '{' and v_rest ~ '^\{[0-9]+(,[0-9]*)?\}' then
      v_m := regexp_match(v_rest, '^\{([0-9]+)(,)?([0-9]*)\}(\??)');
      v_at := v_at + position('}' in v_rest) + length(v_m[4]);
      v_lo := v_m[1]::bigint;
      v_hi := case when v_m[2] is null then v_lo when v_m[3] = '' then null else v_m[3]::bigint end;
      if v_hi < v_lo or greatest(v_lo, v_hi) > 10000 then
        raise exception using errcode = 'DT400', message = format('the pattern %s repeats %s', p_pattern, left(v_rest, position('}' in v_rest))), hint = 'Repetitions go up to 10000, and from the smaller to the larger.';
      end if;
      if coalesce(v_hi, v_lo) <= 255 then
        v_out := v_out || '{' || v_lo || case when v_m[2] is null then '' else ',' || coalesce(v_hi::text, '') end || '}';
      else
        -- PostgreSQL counts to 255: x{600} is x{255}x{255}x{90}, and x{600,900} that with x{0,255}x{0,45}.
        v_piece := substr(v_out, v_atom);
        if v_refs and v_piece ~ '\((?!\?)' then
          -- Only the last copy of a group may count as one, and only where there is a last.
          if v_hi is distinct from v_lo or position('[' in v_piece) > 0 or v_piece ~ '\\' then
            raise exception using errcode = 'DT400', message = format('the pattern %s repeats a group more than 255 times and refers to groups, which is not supported', p_pattern), detail = jsonb_build_object('at', v_at - 1)::text;
          end if;
          v_copy := regexp_replace(v_piece, '\((?!\?)', '(?:', 'g');
          v_lo := v_lo - 1;
          v_out := left(v_out, v_atom - 1) || '(?:' || repeat(v_copy || '{255}', (v_lo / 255)::int) || case when v_lo % 255 > 0 then v_copy || '{' || v_lo % 255 || '}' else '' end || v_piece || ')';
          continue;
        end if;
        v_out := left(v_out, v_atom - 1) || '(?:'
          || repeat(v_piece || '{255}', (v_lo / 255)::int) || case when v_lo % 255 > 0 then v_piece || '{' || v_lo % 255 || '}' else '' end
          || case when v_hi is null then v_piece || '*' else repeat(v_piece || '{0,255}', ((v_hi - v_lo) / 255)::int)
             || case when (v_hi - v_lo) % 255 > 0 then v_piece || '{0,' || (v_hi - v_lo) % 255 || '}' else '' end end || ')';
      end if;
    elsif v_c in ('*', '+', '?') then
      -- Whether it is greedy makes no difference to whether it matches.
      v_out := v_out || v_c;
      v_at := v_at + case when substr(v_rest, 2, 1) = '?' then 2 else 1 end;
    else
      v_atom := length(v_out) + 1;
      v_out := v_out || case v_c when '.' then '[^\u000a\u000d\u2028\u2029]' when '{' then '\{' when '}' then '\}' when ']' then '\]' else v_c end;
      v_at := v_at + 1;
      if v_c = '|' and coalesce(nullif(substr(p_pattern, v_at, 1), ''), ')') in (')', '|') then
        v_out := v_out || '(?:)';
      end if;
    end if;
  end loop;
  if left(p_pattern, 1) = '|' then
    v_out := '(?:)' || v_out;
  end if;
  -- A leading *** or (?…) would be taken for a director or for options.
  v_out := '(?:' || v_out || ')';
  begin
    perform '' ~ (v_out collate "C");
  exception when invalid_regular_expression then
    raise exception using errcode = 'DT400', message = format('the pattern %s is not a valid regular expression: %s', case when length(p_pattern) > 200 then left(p_pattern, 200) || '…' else p_pattern end, sqlerrm);
  end;
  return v_out;
end
$$;
comment on function dot.fn_schema_regex(text) is
  'A regular expression of ECMA-262 (with the flag u) as one of PostgreSQL''s, which decides the same about every string: ASCII \d \w \b, Unicode \s, . without line ends, $ at the very end only, counts above 255, no locale but for \p{…}, which needs a Unicode collation. DT400 when it is none, or uses a property or count that is not supported.';
