create or replace function dot.fn_schema_closed(p_schema jsonb, p_root jsonb default null, p_place text default 'value', p_depth int default 0) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_root  jsonb := coalesce(p_root, p_schema);
  v_out   jsonb := p_schema;
  v_k     text;
  v_v     jsonb;
  v_names record;
begin
  if jsonb_typeof(p_schema) <> 'object' or p_depth > 60 then
    return p_schema;
  end if;
  for v_k, v_v in select key, value from jsonb_each(p_schema) loop
    v_out := v_out || case
      when v_k in ('properties', 'patternProperties') and jsonb_typeof(v_v) = 'object' then jsonb_build_object(v_k, coalesce(
        (select jsonb_object_agg(e.key, dot.fn_schema_closed(e.value, v_root, 'value', p_depth + 1)) from jsonb_each(v_v) e), '{}'))
      when v_k in ('$defs', 'definitions', 'dependentSchemas') and jsonb_typeof(v_v) = 'object' then jsonb_build_object(v_k, coalesce(
        (select jsonb_object_agg(e.key, dot.fn_schema_closed(e.value, v_root, 'part', p_depth + 1)) from jsonb_each(v_v) e), '{}'))
      when v_k in ('items', 'additionalProperties', 'unevaluatedItems', 'unevaluatedProperties') then jsonb_build_object(v_k, dot.fn_schema_closed(v_v, v_root, 'value', p_depth + 1))
      when v_k in ('then', 'else') then jsonb_build_object(v_k, dot.fn_schema_closed(v_v, v_root, 'part', p_depth + 1))
      when v_k = 'prefixItems' then jsonb_build_object(v_k, coalesce((select jsonb_agg(dot.fn_schema_closed(e, v_root, 'value', p_depth + 1) order by n) from jsonb_array_elements(v_v) with ordinality x(e, n)), '[]'))
      when v_k in ('allOf', 'anyOf', 'oneOf') then jsonb_build_object(v_k, coalesce((select jsonb_agg(dot.fn_schema_closed(e, v_root, 'part', p_depth + 1) order by n) from jsonb_array_elements(v_v) with ordinality x(e, n)), '[]'))
      else '{}' end;
  end loop;
  if p_place = 'part' then
    return v_out;
  end if;
  -- Most say themselves all there is to say about their object.
  if not p_schema ?| array['$ref', '$dynamicRef', '$id', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas'] then
    return v_out || case
      when p_schema ?| array['additionalProperties', 'unevaluatedProperties'] or coalesce(p_schema -> 'properties', '{}') || coalesce(p_schema -> 'patternProperties', '{}') = '{}' then '{}'
      else '{"additionalProperties": false}'::jsonb end;
  end if;
  -- The names that this object's schema knows anywhere in place. One part that opens it opens it all.
  select array_agg(distinct n.name) filter (where n.kind = 'name') as names, array_agg(distinct n.name) filter (where n.kind = 'pattern') as patterns, bool_or(n.kind = 'open') as opened
    into v_names from dot.fn_schema_names(p_schema, v_root) n;
  if coalesce(v_names.opened, false) or (v_names.names is null and v_names.patterns is null) then
    return v_out;
  end if;
  if not v_out ?| array['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas'] then
    return v_out || '{"additionalProperties": false}';
  end if;
  return v_out || jsonb_build_object('allOf', coalesce(v_out -> 'allOf', '[]') || jsonb_build_array(jsonb_build_object(
    'properties', coalesce((select jsonb_object_agg(n, true) from unnest(v_names.names) n), '{}'),
    'patternProperties', coalesce((select jsonb_object_agg(n, true) from unnest(v_names.patterns) n), '{}'), 'additionalProperties', false)));
end
$$;
comment on function dot.fn_schema_closed(jsonb, jsonb, text, int) is
  'A schema as writers are held to it: an object whose schema names properties has no others, unless additionalProperties or unevaluatedProperties says something about them. Names count wherever they stand in place (allOf, anyOf, $ref, …). Conditions (if, not, contains, propertyNames) stay as they are, and so does an object schema that names nothing. p_place: value for a schema of a whole value, part for one applied in place.';
