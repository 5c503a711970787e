create or replace function dot.fn_schema_regex(p_pattern text) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_most     constant int := 50000;
  v_tree     jsonb;
  v_out      text;
  v_referred int[];
  v_kept     int[];
begin
  -- What is cut into tokens and put together again takes time with the square of the length.
  if length(p_pattern) > 4096 then
    perform dot.fn_schema_regex_refuse(p_pattern, 4096, format('has %s characters, and at most 4,096 are taken', length(p_pattern)), 'Divide it: allOf with several patterns, or anyOf with its alternatives.');
  end if;
  v_tree := dot.fn_schema_regex_tree(p_pattern);
  if (v_tree -> 'n')::bigint > c_most then
    perform dot.fn_schema_regex_refuse(p_pattern, 0, format('has %s characters with all repetitions written out, and at most %s are taken', v_tree -> 'n', c_most), 'Bound the length by maxLength, and leave counts within counts out.');
  end if;
  v_referred := array(select distinct (k -> 'to')::int from jsonb_path_query(v_tree, 'strict $.** ? (@.t == "k")') k order by 1);
  -- From one place to begin at to the next PostgreSQL loses what could match at the end of the text, where a reference has failed before.
  if v_referred <> '{}' and exists (select 1 from jsonb_array_elements(v_tree -> 'x') a where a #>> '{x,0,re}' is distinct from '^') then
    perform dot.fn_schema_regex_refuse(p_pattern, 0, 'refers to a group and does not begin with ^, which is not supported', 'Begin it, or each of its alternatives, with ^; ^[^]* where it may match anywhere.');
  end if;
  v_kept := array(select unnest(v_referred) except select (g #>> '{}')::int from jsonb_path_query(v_tree, 'strict $.** ? (@.t == "l" || @.t == "r").**.group') g order by 1);
  v_out := (dot.fn_schema_regex_emit(v_tree, p_pattern, v_referred, v_kept, '', '{}', '{}')).o_regex;
  begin
    perform '' ~ (v_out collate "C");
  exception when invalid_regular_expression then
    perform dot.fn_schema_regex_refuse(p_pattern, 0, case when sqlerrm like '%too complex%' then 'is too complex for PostgreSQL, which is not supported' else format('is not a valid regular expression: %s', sqlerrm) end);
  end;
  return v_out;
end
$$;
comment on function dot.fn_schema_regex(text) is
  'A regular expression of ECMA-262 (with the flag u, as fn_schema_regex_tree reads it) as one of PostgreSQL''s, which decides the same about every string: ASCII \d \w \b, Unicode \s, . without line ends, $ at the very end only, counts above 255, groups that took no part, no locale but for \p{…}, which needs a Unicode collation. DT400 when it is none, uses a property or a reference that is not supported, or is larger than 4,096 characters, or 50,000 with its repetitions written out.';
