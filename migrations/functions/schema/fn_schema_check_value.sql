create or replace function dot.fn_schema_check_value(p_schema jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_link    jsonb;
  v_node    record;
  v_pattern text;
begin
  if not dot.fn_schema_valid('{"$ref": "https://json-schema.org/draft/2020-12/schema"}', p_schema) then
    return (select jsonb_agg(to_jsonb(e)) from dot.fn_schema_validate_value('{"$ref": "https://json-schema.org/draft/2020-12/schema"}', p_schema) e);
  end if;
  v_link := dot.fn_schema_link(p_schema, p_documents);
  for v_node in
    select n.path, n.schema from dot.fn_schema_nodes(p_schema, '', '') n where n.schema ?| array['pattern', 'patternProperties']
    union all
    select array[r.value ->> 'at'], r.value -> 'schema' from jsonb_each(v_link -> 'refs') r where r.value -> 'schema' ?| array['pattern', 'patternProperties']
  loop
    for v_pattern in
      select v_node.schema ->> 'pattern' where v_node.schema ? 'pattern' union all select jsonb_object_keys(v_node.schema -> 'patternProperties')
    loop
      perform dot.fn_schema_regex(v_pattern);
    end loop;
  end loop;
  return '[]'::jsonb;
end
$$;
comment on function dot.fn_schema_check_value(jsonb, jsonb) is
  'Whether a schema can be used: the errors that the metaschema of Draft 2020-12 finds in it [{at, keyword, schema, message}], empty when there are none. DT400 for a reference to nothing and a pattern that is none.';
