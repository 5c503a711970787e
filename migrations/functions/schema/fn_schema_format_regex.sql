create or replace function dot.fn_schema_format_regex(p_text text) returns boolean
language plpgsql immutable strict set search_path = dot, pg_temp
as $$
begin
  -- Every emit may bring another one, and reading it takes time with the square of its length.
  if length(p_text) > 4096 then
    return false;
  end if;
  perform dot.fn_schema_regex_tree(p_text);
  return true;
exception when sqlstate 'DT400' then
  return false;
end
$$;
comment on function dot.fn_schema_format_regex(text) is
  'Whether a text is of the format regex: one of ECMA-262 that fn_schema_regex_tree can read, whether or not it could be translated, of at most 4,096 characters. Null for null.';
