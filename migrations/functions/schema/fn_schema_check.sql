create or replace function dot.fn_schema_check(p_schema text, p_documents jsonb default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_written jsonb := dot.fn_schema_parse(p_schema, 'the schema');
  v_draft  text := dot.fn_schema_draft(v_written ->> '$schema');
  v_schema jsonb := dot.fn_schema_usable(v_written, 'the schema', p_documents);
  v_old    jsonb := (select jsonb_agg(to_jsonb(o)) from dot.fn_schema_outdated(v_written) o);
  v_link   jsonb := dot.fn_schema_link(v_schema, p_documents);
  v_sub    record;
begin
  select * into v_sub from dot.fn_schema_expression(v_link, v_link -> 'schema', v_link ->> 'base', '{}', 'v', '(v #>> ''{}'')', 1, 2000);
  return jsonb_strip_nulls(jsonb_build_object('outdated', v_old)) || jsonb_build_object('ok', true, 'draft', v_draft, 'errors', '[]'::jsonb, 'compiles', v_sub.o_sql is not null and v_link -> 'off' = '{}',
    'closed_for_writers', dot.fn_schema_closed(v_schema) = v_schema);
end
$$;
comment on function dot.fn_schema_check(text, jsonb) is
  'Whether a text is a JSON Schema that can be used, of Draft 2020-12 or one that fn_schema_modern knows: {ok: true, draft: by its $schema, errors: [], outdated: words of older drafts in one without $schema, compiles: whether it becomes one SQL function, closed_for_writers: whether its objects are closed as written}. DT400 for no JSON, and as fn_schema_usable for whatever is no schema.';
