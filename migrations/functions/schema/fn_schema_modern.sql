create or replace function dot.fn_schema_modern(p_schema jsonb, p_dialect text default null, p_documents jsonb default null) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_dialect text := coalesce(case jsonb_typeof(p_schema -> '$schema') when 'string' then p_schema ->> '$schema' end, p_dialect);
  v_draft   text := dot.fn_schema_draft(v_dialect);
  v_written jsonb;
  v_asks    boolean;
  v_out     jsonb;
  v_ref     text;
  v_from    text[];
  v_to      text[];
begin
  if v_draft is null and coalesce(p_documents, '{}') ? v_dialect then
    -- A dialect of its own says what it is.
    return p_schema;
  elsif v_draft is null then
    raise exception using errcode = 'DT400', message = format('the dialect %s is not known', v_dialect), detail = '{"at": "/$schema", "keyword": "$schema"}',
      hint = 'Schemas are of Draft 2020-12 ("$schema": "https://json-schema.org/draft/2020-12/schema"), 2019-09, 07, 06, 04, or of OpenAPI 3.0 or 3.1 (https://spec.openapis.org/oas/3.0/dialect, https://spec.openapis.org/oas/3.1/dialect/base).';
  elsif v_draft = '2020-12' then
    return p_schema;
  end if;
  v_written := case jsonb_typeof(p_schema) when 'object' then p_schema - '$schema' else p_schema end;
  v_asks := p_schema::text like '%"unevaluatedItems"%';
  v_out := dot.fn_schema_modern_node(v_written, v_draft, p_schema, p_schema -> '$recursiveAnchor' = 'true', v_asks);
  -- A place that no keyword of the draft makes a schema is made one by a reference, and is written in the draft as well.
  for v_ref in
    select distinct t #>> '{}' from jsonb_path_query(p_schema, 'strict $.**."$ref" ? (@.type() == "string")') t where t #>> '{}' like '#/%'
  loop
    v_from := dot.fn_schema_pointer(substr(v_ref, 2));
    v_to := dot.fn_schema_pointer(substr(dot.fn_schema_modern_ref(v_ref, p_schema), 2));
    continue when v_from && array['const', 'enum', 'default', 'examples'] or jsonb_typeof(p_schema #> v_from) is distinct from 'object' or p_schema #> v_from is distinct from v_out #> v_to;
    v_out := jsonb_set(v_out, v_to, dot.fn_schema_modern_node(p_schema #> v_from, v_draft, p_schema, p_schema -> '$recursiveAnchor' = 'true', v_asks));
  end loop;
  return v_out;
end
$$;
comment on function dot.fn_schema_modern(jsonb, text, jsonb) is
  'A schema of an older draft or of OpenAPI in the keywords of Draft 2020-12, by its own rules: what stands beside a $ref counts only from 2019-09 on, items may be a list, exclusiveMinimum may be a boolean, id and dependencies are what they were. p_dialect: of a schema without $schema; p_documents: {uri: schema} of dialects of one''s own. DT400 for a dialect that is not known.';
