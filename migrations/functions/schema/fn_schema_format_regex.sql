create or replace function dot.fn_schema_format_regex(p_text text) returns boolean
language plpgsql immutable strict set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_schema_regex(p_text);
  return true;
exception when sqlstate 'DT400' or numeric_value_out_of_range then
  return false;
end
$$;
comment on function dot.fn_schema_format_regex(text) is
  'Whether a text is of the format regex: one of ECMA-262 that fn_schema_regex can read. Null for null.';
