create or replace function dot.fn_schema_parse(p_text text, p_what text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
begin
  return p_text::jsonb;
exception when invalid_text_representation or untranslatable_character or numeric_value_out_of_range or program_limit_exceeded then
  raise exception using errcode = 'DT400', message = format('%s is not JSON that PostgreSQL can store: %s', p_what, sqlerrm), hint = 'Strings with U+0000 cannot be held.';
end
$$;
comment on function dot.fn_schema_parse(text, text) is 'The JSON in a text; p_what names it in the error. DT400 when it is none.';
