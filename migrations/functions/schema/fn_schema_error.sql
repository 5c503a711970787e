create or replace function dot.fn_schema_error(p_at text, p_keyword text, p_schema text, p_message text) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_build_array(jsonb_build_object('at', p_at, 'keyword', p_keyword, 'schema', p_schema || '/' || dot.fn_schema_token(p_keyword), 'message', p_message))
$$;
comment on function dot.fn_schema_error(text, text, text, text) is
  'One error of a validation, in an array: {at: JSON Pointer to the value, keyword, schema: JSON Pointer to the keyword, through references, message}.';
