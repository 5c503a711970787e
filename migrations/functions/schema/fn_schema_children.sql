create or replace function dot.fn_schema_children(p_schema jsonb) returns table (path text[], child jsonb)
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select array[k.key], k.value
    from jsonb_each(case jsonb_typeof(p_schema) when 'object' then p_schema else '{}' end) k
   where k.key in ('additionalProperties', 'items', 'contains', 'not', 'if', 'then', 'else', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema')
  union all
  select array[k.key, (e.n - 1)::text], e.value
    from jsonb_each(case jsonb_typeof(p_schema) when 'object' then p_schema else '{}' end) k
   cross join lateral jsonb_array_elements(case jsonb_typeof(k.value) when 'array' then k.value else '[]' end) with ordinality e(value, n)
   where k.key in ('allOf', 'anyOf', 'oneOf', 'prefixItems')
  union all
  select array[k.key, e.key], e.value
    from jsonb_each(case jsonb_typeof(p_schema) when 'object' then p_schema else '{}' end) k
   cross join lateral jsonb_each(case jsonb_typeof(k.value) when 'object' then k.value else '{}' end) e
   where k.key in ('properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas')
$$;
comment on function dot.fn_schema_children(jsonb) is
  'The subschemas directly below a schema: path (the tokens to it) and the subschema. Only what the keywords of Draft 2020-12 say is a schema; values of const, enum and unknown keywords are none.';
