create or replace function dot.fn_schema_check_value(p_schema jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_most    constant int := 100000;
  v_seen    jsonb := jsonb_build_object();
  v_size    int := 0;
  v_link    jsonb;
  v_node    record;
  v_pattern text;
  v_at      text;
  v_hint    text;
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
    perform dot.fn_schema_refuse(p.at, p.keyword, format('the schema refers to itself without end: %s', v_name), 'A reference must lead into a part of the value before it comes back to the same schema.')
       from (select coalesce(max(x.at), '') as at, coalesce(max(x.k), '$ref') as keyword
               from (select dot.fn_schema_path(n.path) || '/' || k as at, k from dot.fn_schema_nodes(p_schema, 'schema:', 'schema:') n cross join unnest(array['$ref', '$dynamicRef']) k
                      where jsonb_typeof(n.schema) = 'object' and n.base || ' ' || (n.schema ->> k) = v_name limit 1) x) p;
  end if;
  -- A place that no keyword makes a schema must be one to be referred to.
  for v_node in
    select r.key, r.value ->> 'at' as at, r.value -> 'schema' as schema from jsonb_each(v_link -> 'refs') r
     where r.value ->> 'at' like 'schema:#%' and not exists (
       select 1 from dot.fn_schema_nodes(p_schema, '', '') n where r.value ->> 'at' = 'schema:#' || dot.fn_schema_path(n.path))
  loop
    select jsonb_agg(to_jsonb(e)) into v_errors from dot.fn_schema_validate_value('{"$ref": "https://json-schema.org/draft/2020-12/schema"}', v_node.schema) e;
    if v_errors is not null then
      perform dot.fn_schema_refuse(substr(v_node.at, 9) || (v_errors #>> '{0,at}'), substring(v_errors #>> '{0,at}' from '[^/]*$'),
        format('the schema refers to %s, which is not a schema: %s %s', v_node.key, v_errors #>> '{0,at}', v_errors #>> '{0,message}'), 'A $ref names a $id, an $anchor or the JSON Pointer of a subschema.');
    end if;
  end loop;
  for v_node in
    select dot.fn_schema_path(n.path) as at, n.schema from dot.fn_schema_nodes(p_schema, '', '') n where n.schema ?| array['pattern', 'patternProperties']
    union all
    select regexp_replace(r.value ->> 'at', '^schema:#', ''), r.value -> 'schema' from jsonb_each(v_link -> 'refs') r where r.value -> 'schema' ?| array['pattern', 'patternProperties']
  loop
    for v_pattern, v_at, v_name in
      select v_node.schema ->> 'pattern', v_node.at || '/pattern', 'pattern' where v_node.schema ? 'pattern'
      union all
      select k, v_node.at || '/patternProperties/' || dot.fn_schema_token(k), 'patternProperties' from jsonb_object_keys(v_node.schema -> 'patternProperties') k
    loop
      continue when v_seen ? v_pattern;
      v_seen := v_seen || jsonb_build_object(v_pattern, true);
      begin
        perform dot.fn_schema_regex(v_pattern);
      exception when sqlstate 'DT400' then
        get stacked diagnostics v_hint = pg_exception_hint;
        perform dot.fn_schema_refuse(v_at, v_name, sqlerrm, nullif(v_hint, ''));
      end;
      -- Each is compiled anew for every value that is validated: what one may be, a thousand together may not.
      v_size := v_size + (dot.fn_schema_regex_tree(v_pattern) -> 'n')::int;
      if v_size > c_most then
        perform dot.fn_schema_refuse(v_at, v_name, format('the patterns of the schema have %s characters up to here with all repetitions written out, and at most %s are taken', v_size, c_most), 'Bound lengths by maxLength instead of counts.');
      end if;
    end loop;
  end loop;
  return '[]'::jsonb;
end
$$;
comment on function dot.fn_schema_check_value(jsonb, jsonb) is
  'Whether a schema can be used: the errors that the metaschema of Draft 2020-12 finds in it [{at, keyword, schema, message}], empty when there are none. DT400 for a reference to nothing, to what is no schema or without end, a pattern that is none, and patterns that together have more than 100,000 characters with all repetitions written out.';
