create or replace function dot.fn_schema_format_regex(p_text text) returns boolean
language plpgsql immutable strict set search_path = dot, pg_temp
as $$
begin
  -- Every emit may bring another one, and what PostgreSQL makes of it takes time with the square of its length.
  if length(p_text) > 4096 then
    return false;
  end if;
  perform dot.fn_schema_regex(p_text);
  return true;
exception when sqlstate 'DT400' or numeric_value_out_of_range then
  return false;
end
$$;
comment on function dot.fn_schema_format_regex(text) is
  'Whether a text is of the format regex: one of ECMA-262 that fn_schema_regex can read, of at most 4,096 characters. Null for null.';
