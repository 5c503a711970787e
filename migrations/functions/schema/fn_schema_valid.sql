create or replace function dot.fn_schema_valid(p_schema jsonb, p_instance jsonb, p_documents jsonb default null) returns boolean
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_link jsonb := dot.fn_schema_link(p_schema, p_documents);
  v_eval record;
begin
  select * into v_eval
    from dot.fn_schema_eval(v_link, v_link -> 'schema', v_link ->> 'base', '{}', '{}', p_instance, '', '', true, least(500000 + octet_length(p_instance::text)::bigint, 100000000)::int);
  return v_eval.o_errors = '[]';
exception when statement_too_complex then
  raise exception using errcode = 'DT400', message = 'the value or the schema is nested too deeply', hint = 'References that lead ever deeper into a deep value end at the server''s max_stack_depth.';
end
$$;
comment on function dot.fn_schema_valid(jsonb, jsonb, jsonb) is 'Whether fn_schema_validate_value finds nothing; stops at the first error. DT400 likewise.';
