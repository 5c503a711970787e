create or replace function dot.fn_schema_validate_value(p_schema jsonb, p_instance jsonb, p_documents jsonb default null)
returns table (at text, keyword text, schema text, message text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_link jsonb := dot.fn_schema_link(p_schema, p_documents);
  v_eval record;
begin
  select * into v_eval
    from dot.fn_schema_eval(v_link, v_link -> 'schema', v_link ->> 'base', '{}', '{}', p_instance, '', '', false, least(500000 + octet_length(p_instance::text)::bigint, 100000000)::int);
  return query
    select e.at, e.keyword, e.schema, e.message from jsonb_to_recordset(v_eval.o_errors) as e(at text, keyword text, schema text, message text);
exception when statement_too_complex then
  raise exception using errcode = 'DT400', message = 'the value or the schema is nested too deeply', hint = 'References that lead ever deeper into a deep value end at the server''s max_stack_depth.';
end
$$;
comment on function dot.fn_schema_validate_value(jsonb, jsonb, jsonb) is
  'Validates a value against a schema of JSON Schema Draft 2020-12: a row for each error, none when it is valid. at: JSON Pointer to the value; schema: JSON Pointer to the keyword, through references. content is an annotation, and format is one but where the dialect asserts it (fn_schema_asserting). p_documents {uri: schema}: what may be referred to beside the schema itself and the metaschema. DT400 for a schema that cannot be used.';
