create or replace function dot.fn_schema_usable(p_schema jsonb, p_what text default 'the schema', p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_draft  text := dot.fn_schema_draft(p_schema ->> '$schema');
  v_errors jsonb := '[]'::jsonb;
  v_rest   jsonb := p_schema;
  v_inner  record;
  v_other  text;
  v_modern jsonb;
  v_says   text;
  v_detail text;
  v_hint   text;
begin
  begin
    if p_schema ? '$schema' and jsonb_typeof(p_schema) = 'object' and jsonb_typeof(p_schema -> '$schema') <> 'string' then
      perform dot.fn_schema_refuse('/$schema', '$schema', format('a dialect is a string, not %s', jsonb_typeof(p_schema -> '$schema')), null);
    elsif v_draft is null and not coalesce(p_documents, '{}') ? (p_schema ->> '$schema') then
      perform dot.fn_schema_modern(p_schema, null, p_documents);
    end if;
    -- A resource within may be of another draft, which judges it.
    for v_inner in select * from dot.fn_schema_dialects(p_schema) loop
      v_other := case jsonb_typeof(v_inner.dialect) when 'string' then dot.fn_schema_draft(v_inner.dialect #>> '{}') end;
      if v_other is null and not coalesce(p_documents, '{}') ? (v_inner.dialect #>> '{}') then
        perform dot.fn_schema_refuse(dot.fn_schema_path(v_inner.path) || '/$schema', '$schema', format('the dialect %s is not known', v_inner.dialect #>> '{}'), null);
      end if;
      continue when v_other is not distinct from v_draft;
      if not v_inner.schema ?| array['$id', 'id'] then
        perform dot.fn_schema_refuse(dot.fn_schema_path(v_inner.path) || '/$schema', '$schema', format('the dialect %s stands within a schema of another one', v_inner.dialect #>> '{}'), 'Only a schema with an $id of its own has a dialect of its own.');
      elsif v_draft in ('2020-12', 'openapi-3.1') then
        perform dot.fn_schema_refuse(dot.fn_schema_path(v_inner.path) || '/$schema', '$schema', format('the dialect %s within a schema of %s is not supported', v_inner.dialect #>> '{}', v_draft),
          'Write both in Draft 2020-12, or give the inner one among the documents, in Draft 2020-12.');
      end if;
      if v_other not in ('2020-12', 'openapi-3.1') then
        v_errors := v_errors || coalesce((select jsonb_agg(e || jsonb_build_object('at', dot.fn_schema_path(v_inner.path) || (e ->> 'at')) order by n)
          from jsonb_array_elements(dot.fn_schema_former_errors(v_rest #> v_inner.path, v_other)) with ordinality x(e, n)), '[]');
      end if;
      v_rest := jsonb_set(v_rest, v_inner.path, '{}');
    end loop;
    if coalesce(jsonb_typeof(p_schema), 'nothing') not in ('object', 'boolean') then
      v_errors := jsonb_build_array(jsonb_build_object('at', '', 'keyword', 'type', 'message', format('a schema is an object or a boolean, not %s', coalesce(jsonb_typeof(p_schema), 'nothing'))));
    elsif v_draft not in ('2020-12', 'openapi-3.1') then
      v_errors := v_errors || dot.fn_schema_former_errors(v_rest, v_draft);
    end if;
    if v_errors = '[]' then
      v_modern := dot.fn_schema_modern(p_schema, null, p_documents);
      v_errors := dot.fn_schema_check_value(v_modern, p_documents);
      if v_errors = '[]' then
        return v_modern;
      end if;
    end if;
  exception
    when sqlstate 'DT400' then
      get stacked diagnostics v_says = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint;
      v_errors := jsonb_build_array(coalesce(nullif(v_detail, '')::jsonb, '{}') || jsonb_build_object('message', v_says));
    when statement_too_complex then
      v_errors := jsonb_build_array(jsonb_build_object('at', '', 'message', 'it is nested too deeply'));
  end;
  select jsonb_agg(jsonb_strip_nulls((e - 'message') || jsonb_build_object('at', coalesce(case when e ->> 'at' like '/%' then p.at else e ->> 'at' end, ''), 'keyword', coalesce(case when e ? 'schema' or v_modern <> p_schema then p.keyword else e ->> 'keyword' end, p.keyword, e ->> 'keyword', '$schema'),
           'rule', case when e ? 'schema' then e -> 'keyword' end, 'cause', case when e ->> 'keyword' = 'anyOf' and p.keyword = 'type'
             then 'must be array, boolean, integer, null, number, object or string, or a list of some of them, each once' else e ->> 'message' end)) order by n)
    into v_errors
    from jsonb_array_elements(v_errors) with ordinality x(e, n)
   cross join lateral dot.fn_schema_place(p_schema, case when e ->> 'at' like '/%' then e ->> 'at' else '' end, v_modern is not null and v_modern <> p_schema) p;
  raise exception using errcode = 'DT400',
    message = format('%s cannot be used: %s (%s): %s', p_what, case v_errors #>> '{0,at}' when '' then 'the root' else v_errors #>> '{0,at}' end, v_errors #>> '{0,keyword}', v_errors #>> '{0,cause}'),
    detail = jsonb_strip_nulls(jsonb_build_object('at', v_errors #> '{0,at}', 'keyword', v_errors #> '{0,keyword}', 'cause', v_errors #> '{0,cause}', 'draft', v_draft, 'errors', v_errors))::text,
    hint = coalesce(nullif(v_hint, ''), case jsonb_array_length(v_errors) when 1 then '' else format('%s errors in all, in the detail. ', jsonb_array_length(v_errors)) end
      || format('Judged as a schema of %s.', case when v_draft ~ '^[0-9]' then 'Draft ' || v_draft else coalesce(v_draft, 'its dialect') end));
end
$$;
comment on function dot.fn_schema_usable(jsonb, text, jsonb) is
  'A schema as written, of any draft that fn_schema_modern knows, as it is used: in the keywords of Draft 2020-12. DT400 for whatever is no schema by the metaschema of its draft or cannot be used (a reference to nothing, to no schema or without end, a pattern that is none, two anchors of one name, an unknown dialect or vocabulary), with the detail {at: JSON Pointer into the schema as written, keyword, cause, draft, errors: [the same of each, with rule and schema: the metaschema''s]}. p_what names it in the message.';
