create or replace function dot.fn_schema_dialects(p_schema jsonb) returns table (path text[], dialect jsonb, schema jsonb)
language sql immutable set search_path = dot, pg_temp
as $$
  with recursive node(path, schema) as (
    select '{}'::text[], p_schema
     where jsonb_typeof(p_schema) = 'object' and (length(p_schema::text) - length(replace(p_schema::text, '"$schema"', ''))) / 9 > (p_schema ? '$schema')::int
    union all
    select n.path || c.path, c.child
      from node n
     cross join lateral (
       select c.path, c.child from dot.fn_schema_children(n.schema) c
       union all
       select array[k.key, coalesce(e.name, (e.n - 1)::text)], e.value
         from jsonb_each(n.schema) k
        cross join lateral (
          select null::text as name, n, value from jsonb_array_elements(case when k.key = 'items' and jsonb_typeof(k.value) = 'array' then k.value else '[]' end) with ordinality x(value, n)
          union all
          select key, null, value from jsonb_each(case when k.key = 'dependencies' and jsonb_typeof(k.value) = 'object' then k.value else '{}' end)) e
       union all
       select array['additionalItems'], n.schema -> 'additionalItems') c
     where jsonb_typeof(c.child) = 'object'
  )
  select n.path, n.schema -> '$schema', n.schema from node n where n.path <> '{}' and n.schema ? '$schema' order by cardinality(n.path) desc, n.path
$$;
comment on function dot.fn_schema_dialects(jsonb) is
  'The subschemas of a schema of any draft that say their own dialect ($schema), the innermost first: path, what they say, and themselves.';
