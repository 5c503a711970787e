create or replace function dot.fn_schema_outdated(p_schema jsonb) returns table (at text, keyword text, message text)
language sql immutable set search_path = dot, pg_temp
as $$
  select '#' || coalesce((select string_agg('/' || dot.fn_schema_token(t), '' order by i) from unnest(n.path) with ordinality x(t, i)), '') || '/' || dot.fn_schema_token(k.key), k.key,
         format('%s is a word of an older draft: %s. Without $schema the schema is of Draft 2020-12', k.key, w.now)
    from dot.fn_schema_nodes(p_schema, '', '') n
   cross join lateral jsonb_each(case jsonb_typeof(n.schema) when 'object' then n.schema else '{}' end) k
    join (values ('id', 'it is $id'), ('dependencies', 'it is dependentRequired or dependentSchemas'), ('additionalItems', 'it is items beside prefixItems'), ('items', 'a list of schemas is prefixItems'),
            ('$recursiveRef', 'it is $dynamicRef'), ('$recursiveAnchor', 'it is $dynamicAnchor'), ('nullable', 'null is one of type'), ('exclusiveMinimum', 'it is a number'), ('exclusiveMaximum', 'it is a number')) w(key, now)
      on w.key = k.key and case k.key when 'id' then jsonb_typeof(k.value) = 'string' and n.path = '{}' when 'items' then jsonb_typeof(k.value) = 'array' when 'nullable' then jsonb_typeof(k.value) = 'boolean'
        when 'exclusiveMinimum' then jsonb_typeof(k.value) = 'boolean' when 'exclusiveMaximum' then jsonb_typeof(k.value) = 'boolean' else true end
   where jsonb_typeof(p_schema) = 'object' and not p_schema ? '$schema'
   order by 1
$$;
comment on function dot.fn_schema_outdated(jsonb) is
  'The words of older drafts in a schema that does not say its draft ($schema), and so is read as of 2020-12, where they mean nothing: at, a JSON Pointer, keyword, and what they are called now.';
