create or replace function dot.fn_schema_matches(p_text text, p_pattern text) returns boolean
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_regex text := dot.fn_schema_regex(p_pattern);
begin
  if position('[:' in v_regex) > 0 then
    return p_text ~ (v_regex collate "und-x-icu");
  end if;
  return p_text ~ (v_regex collate "C");
end
$$;
comment on function dot.fn_schema_matches(text, text) is
  'Whether a regular expression of ECMA-262 matches somewhere in a text. DT400 as fn_schema_regex.';
