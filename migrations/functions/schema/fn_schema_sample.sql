create or replace function dot.fn_schema_sample(p_pattern text) returns setof text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_text text := p_pattern;
  v_fill text;
  v_m    text[];
begin
  -- Rewritten into a text that the pattern, if it is plain enough, matches; who asks checks it.
  foreach v_fill in array array['a', '0', 'A', '-', '_', ' '] loop
    v_text := regexp_replace(p_pattern, '^\^|[$]$', '', 'g');
    v_text := regexp_replace(v_text, '\(\?(:|=|!|<=|<!|<[A-Za-z]+>)', '(', 'g');
    v_text := regexp_replace(v_text, '\\d|\[0-9\]', '0', 'g');
    v_text := regexp_replace(v_text, '\\p\{(L|Letter|Ll)\}', 'a', 'g');
    v_text := regexp_replace(v_text, '\\w|\\S|\\D', 'a', 'g');
    v_text := regexp_replace(v_text, '\\s', ' ', 'g');
    loop
      v_m := regexp_match(v_text, '(\[\^?\]?[^]]*\])');
      exit when v_m is null;
      v_text := replace(v_text, v_m[1], case when left(v_m[1], 2) = '[^' then v_fill else substr(v_m[1], case when v_fill = 'a' then 2 else greatest(length(v_m[1]) - 1, 2) end, 1) end);
    end loop;
    v_text := regexp_replace(v_text, '\\(.)', '\1', 'g');
    for v_i in 1..4 loop
      v_text := regexp_replace(v_text, '\(([^()|]*)(\|[^()]*)?\)', case when v_fill = 'a' then '\1' else '\1' end, 'g');
    end loop;
    loop
      v_m := regexp_match(v_text, '(.)\{([0-9]{1,4})(?:,[0-9]*)?\}');
      exit when v_m is null;
      v_text := replace(v_text, substring(v_text from '.\{[0-9]{1,4}(?:,[0-9]*)?\}'), repeat(v_m[1], v_m[2]::int));
    end loop;
    v_text := split_part(v_text, '|', 1);
    return next replace(regexp_replace(v_text, '[*+?]', '', 'g'), '.', v_fill);
    return next replace(regexp_replace(v_text, '.[*?]', '', 'g'), '.', v_fill);
  end loop;
end
$$;
comment on function dot.fn_schema_sample(text) is
  'Some texts that a regular expression may match, for fn_schema_solve_string to try. None of them need match.';
