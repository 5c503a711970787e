create or replace function dot.fn_schema_validate(p_schema text, p_instance text, p_documents jsonb default null, p_formats text default 'annotate') returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_schema   jsonb := dot.fn_schema_usable(dot.fn_schema_parse(p_schema, 'the schema'), 'the schema', p_documents);
  v_instance jsonb := dot.fn_schema_parse(p_instance, 'the instance');
  v_errors   jsonb;
begin
  select jsonb_agg(to_jsonb(e)) into v_errors from dot.fn_schema_validate_value(dot.fn_schema_asserting(v_schema, p_formats), v_instance, p_documents) e;
  if v_errors is not null then
    raise exception using errcode = 'DT400', message = format('the document is not valid: %s',
        (select string_agg(format('%s %s', coalesce(nullif(e ->> 'at', ''), 'it'), e ->> 'message'), '; ' order by n) from jsonb_array_elements(v_errors) with ordinality x(e, n) where n <= 5)),
      detail = jsonb_build_object('errors', v_errors)::text, hint = format('%s in all; the detail lists each with the JSON Pointer to the value and to the rule.',
        case jsonb_array_length(v_errors) when 1 then 'One error' else jsonb_array_length(v_errors) || ' errors' end);
  end if;
  return jsonb_build_object('valid', true);
end
$$;
comment on function dot.fn_schema_validate(text, text, jsonb, text) is
  'Validates a JSON text against a JSON Schema text, of Draft 2020-12 or one that fn_schema_modern knows: {valid: true}. DT400 with {errors: [{at, keyword, schema, message}]} when it is not valid, and for a schema that cannot be used. p_documents {uri: schema}: what may be referred to besides. p_formats: annotate or assert (fn_schema_asserting).';
