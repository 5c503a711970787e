create or replace function dot.fn_schema_closing(p_schema jsonb, p_closed jsonb default null) returns jsonb
language sql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select case when coalesce(p_closed, dot.fn_schema_closed(p_schema)) <> p_schema and exists (
    select 1 from dot.fn_schema_nodes(p_schema, '', '') n
     where jsonb_typeof(n.schema) = 'object'
       and (n.schema ? 'oneOf'
            or (n.schema ?| array['not', 'if'] and jsonb_build_array(n.schema -> 'not', n.schema -> 'if')::text ~ '"\$(ref|dynamicRef)"')
            or (n.schema ?& array['contains', 'maxContains'] and (n.schema -> 'contains')::text ~ '"\$(ref|dynamicRef)"')))
    then p_schema end
$$;
comment on function dot.fn_schema_closing(jsonb, jsonb) is
  'What writers are held to beside fn_schema_closed: the schema as written, where closing its objects may let pass what it refuses, since it counts what does not match (oneOf, and not, if and maxContains of what is referred to). Null where closing can only refuse more. p_closed: fn_schema_closed of it, where that is known.';
