create or replace function dot.fn_schema_well_formed(p_schema jsonb) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select jsonb_typeof(p_schema) = 'boolean' or (jsonb_typeof(p_schema) = 'object' and coalesce((
    select bool_and(coalesce(case
      when k in ('additionalProperties', 'items', 'contains', 'not', 'if', 'then', 'else', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema') then t in ('object', 'boolean')
      when k in ('allOf', 'anyOf', 'oneOf', 'prefixItems') then
        t = 'array' and v <> '[]' and not exists (select 1 from jsonb_array_elements(case t when 'array' then v else '[]' end) e where jsonb_typeof(e) not in ('object', 'boolean'))
      when k in ('properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas') then
        t = 'object' and not exists (select 1 from jsonb_each(case t when 'object' then v else '{}' end) e where jsonb_typeof(e.value) not in ('object', 'boolean'))
      when k in ('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum') then t = 'number'
      when k = 'multipleOf' then t = 'number' and v > '0'
      when k in ('minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains') then
        t = 'number' and v >= '0' and case t when 'number' then (v)::numeric % 1 = 0 end
      when k in ('uniqueItems', 'deprecated', 'readOnly', 'writeOnly') then t = 'boolean'
      when k in ('title', 'description', '$comment', 'format', 'pattern', 'contentMediaType', 'contentEncoding', '$ref', '$dynamicRef', '$schema') then t = 'string'
      when k = '$id' then t = 'string' and position('#' in v #>> '{}') = 0
      when k in ('$anchor', '$dynamicAnchor') then t = 'string' and v #>> '{}' ~ '^[A-Za-z_][-A-Za-z0-9._]*$'
      when k in ('enum', 'examples') then t = 'array'
      when k = 'required' then dot.fn_schema_name_list(v)
      when k = 'dependentRequired' then t = 'object' and not exists (select 1 from jsonb_each(case t when 'object' then v else '{}' end) e where not dot.fn_schema_name_list(e.value))
      when k = 'type' then
        (t = 'string' and v #>> '{}' in ('array', 'boolean', 'integer', 'null', 'number', 'object', 'string'))
          or (v <> '[]' and dot.fn_schema_name_list(v) and '["array", "boolean", "integer", "null", "number", "object", "string"]' @> v)
      -- Others that the metaschema knows are left to it.
      else k in ('const', 'default') or k not in ('$vocabulary', 'dependencies', '$recursiveAnchor', '$recursiveRef') end, false))
      from (select e.key as k, e.value as v, jsonb_typeof(e.value) as t from jsonb_each(case jsonb_typeof(p_schema) when 'object' then p_schema else '{}' end) e) x), true))
$$;
comment on function dot.fn_schema_well_formed(jsonb) is
  'Whether the keywords of a schema, without those of its subschemas, are as the metaschema of Draft 2020-12 wants them: false also where only the metaschema itself can tell.';
