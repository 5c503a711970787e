create or replace function dot.fn_schema_former_errors(p_schema jsonb, p_draft text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_meta   jsonb := jsonb_build_object('$ref', case p_draft when '2019-09' then 'https://json-schema.org/draft/2019-09/schema' else format('http://json-schema.org/draft-%s/schema', replace(p_draft, 'openapi-3.0', '04')) end);
  v_errors jsonb;
begin
  if p_draft = 'openapi-3.0' then
    v_meta := v_meta || '{"properties": {"nullable": {"type": "boolean"}, "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"}, "deprecated": {"type": "boolean"}}}';
  end if;
  select jsonb_agg(to_jsonb(e) || case when e.keyword = 'dependentRequired' and p_schema #> dot.fn_schema_pointer(replace(e.at, '%', '%25')) ? 'exclusiveMinimum'
      and not p_schema #> dot.fn_schema_pointer(replace(e.at, '%', '%25')) ? 'minimum' then jsonb_build_object('at', e.at || '/exclusiveMinimum')
    when e.keyword = 'dependentRequired' then jsonb_build_object('at', e.at || '/exclusiveMaximum') else '{}' end)
    into v_errors from dot.fn_schema_validate_value(v_meta, p_schema) e;
  return coalesce(v_errors, '[]');
end
$$;
comment on function dot.fn_schema_former_errors(jsonb, text) is
  'What is wrong with a schema as written by the metaschema of its draft: 04, 06, 07, 2019-09 or openapi-3.0 (as 04). [{at, keyword: of the metaschema, schema, message}], empty when nothing is.';
