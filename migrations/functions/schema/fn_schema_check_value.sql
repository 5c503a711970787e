create or replace function dot.fn_schema_check_value(p_schema jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_link    jsonb;
  v_node    record;
  v_pattern text;
  v_errors  jsonb;
  v_name    text;
begin
  -- The metaschema says what is wrong; that nothing is can be seen at once.
  if (select bool_and(dot.fn_schema_well_formed(n.schema)) from dot.fn_schema_nodes(p_schema, '', '') n) is not true then
    select jsonb_agg(to_jsonb(e)) into v_errors from dot.fn_schema_validate_value('{"$ref": "https://json-schema.org/draft/2020-12/schema"}', p_schema) e;
    if v_errors is not null then
      return v_errors;
    end if;
  end if;
  v_link := dot.fn_schema_link(p_schema, p_documents);
  v_name := dot.fn_schema_endless(v_link);
  if v_name is not null then
    raise exception using errcode = 'DT400', message = format('the schema refers to itself without end: %s', v_name),
      hint = 'A reference must lead into a part of the value before it comes back to the same schema.';
  end if;
  -- A place that no keyword makes a schema must be one to be referred to.
  for v_node in
    select r.key, r.value -> 'schema' as schema from jsonb_each(v_link -> 'refs') r
     where r.value ->> 'at' like 'schema:#%' and not exists (
       select 1 from dot.fn_schema_nodes(p_schema, '', '') n where r.value ->> 'at' = 'schema:#' || array_to_string(array(select '/' || dot.fn_schema_token(t) from unnest(n.path) with ordinality x(t, i) order by i), ''))
  loop
    select jsonb_agg(to_jsonb(e)) into v_errors from dot.fn_schema_validate_value('{"$ref": "https://json-schema.org/draft/2020-12/schema"}', v_node.schema) e;
    if v_errors is not null then
      raise exception using errcode = 'DT400', message = format('the schema refers to %s, which is not a schema: %s %s', v_node.key, v_errors #>> '{0,at}', v_errors #>> '{0,message}'),
        hint = 'A $ref names a $id, an $anchor or the JSON Pointer of a subschema.';
    end if;
  end loop;
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
  'Whether a schema can be used: the errors that the metaschema of Draft 2020-12 finds in it [{at, keyword, schema, message}], empty when there are none. DT400 for a reference to nothing, to what is no schema or without end, and a pattern that is none.';
