create or replace function dot.fn_schema_members(p_schema jsonb) returns table (place text, name text, schema jsonb)
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce((select string_agg('/' || dot.fn_schema_token(t), '' order by i) from unnest(n.path) with ordinality x(t, i)), ''), m.key, m.value
    from dot.fn_schema_nodes(p_schema, '', '') n
   cross join lateral jsonb_each(case jsonb_typeof(n.schema -> 'properties') when 'object' then n.schema -> 'properties' else '{}' end) m
$$;
comment on function dot.fn_schema_members(jsonb) is 'Every property that a schema names: the JSON Pointer of the subschema that names it, the name, and its schema.';
