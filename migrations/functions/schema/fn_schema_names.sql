create or replace function dot.fn_schema_names(p_schema jsonb, p_root jsonb) returns table (kind text, name text)
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  with recursive part(schema) as (
    select p_schema
    union
    select c.child
      from part p
     cross join lateral (
       select e as child from jsonb_each(case jsonb_typeof(p.schema) when 'object' then p.schema else '{}' end) k
        cross join lateral jsonb_array_elements(case when k.key in ('allOf', 'anyOf', 'oneOf') and jsonb_typeof(k.value) = 'array' then k.value else '[]' end) e
       union all
       select k.value from jsonb_each(case jsonb_typeof(p.schema) when 'object' then p.schema else '{}' end) k where k.key in ('if', 'then', 'else')
       union all
       select e.value from jsonb_each(case jsonb_typeof(p.schema -> 'dependentSchemas') when 'object' then p.schema -> 'dependentSchemas' else '{}' end) e
       union all
       -- A reference that is no pointer into this document may name anything.
       select coalesce(p_root #> dot.fn_schema_pointer(substr(p.schema ->> '$ref', 2)), '{"additionalProperties": true}')
        where jsonb_typeof(p.schema) = 'object' and p.schema ? '$ref'
       union all
       select '{"additionalProperties": true}'::jsonb where jsonb_typeof(p.schema) = 'object' and p.schema ?| array['$dynamicRef', '$id'] and p.schema <> p_root) c
     where jsonb_typeof(c.child) = 'object'
  )
  select 'open', null from part p where p.schema ?| array['additionalProperties', 'unevaluatedProperties'] or p.schema ? '$dynamicRef'
  union all
  select 'name', k from part p cross join lateral jsonb_object_keys(case jsonb_typeof(p.schema -> 'properties') when 'object' then p.schema -> 'properties' else '{}' end) k
  union all
  select 'pattern', k from part p cross join lateral jsonb_object_keys(case jsonb_typeof(p.schema -> 'patternProperties') when 'object' then p.schema -> 'patternProperties' else '{}' end) k
$$;
comment on function dot.fn_schema_names(jsonb, jsonb) is
  'The property names and patterns that a schema mentions for its own object, itself or through what applies in place; kind open when a part of it says what other properties may be, or when that cannot be seen from the document p_root.';
