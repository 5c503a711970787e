create or replace function dot.fn_schema_modern_node(p_schema jsonb, p_draft text, p_root jsonb, p_recursive boolean default false, p_unevaluated boolean default false) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  -- The keywords that a draft does not have yet, and that later ones would give a meaning.
  c_later     constant jsonb := '{"const": 6, "contains": 6, "propertyNames": 6, "if": 7, "then": 7, "else": 7, "$anchor": 9, "dependentRequired": 9, "dependentSchemas": 9,
    "minContains": 9, "maxContains": 9, "unevaluatedItems": 9, "unevaluatedProperties": 9, "contentSchema": 9, "$vocabulary": 99, "prefixItems": 99, "$dynamicRef": 99, "$dynamicAnchor": 99}'::jsonb;
  v_draft     text := p_draft;
  v_recursive boolean := p_recursive;
  v_root      jsonb := p_root;
  v_number    int;
  v_id        text;
  v_out       jsonb := '{}'::jsonb;
  v_all       jsonb := '[]'::jsonb;
  v_contains  jsonb := '{}'::jsonb;
  v_key       text;
  v_value     jsonb;
  v_entries   jsonb;
begin
  if jsonb_typeof(p_schema) <> 'object' then
    return p_schema;
  end if;
  -- A document within may be of another draft.
  if p_schema ? '$schema' and p_schema ?| array['$id', 'id'] then
    v_draft := coalesce(dot.fn_schema_draft(p_schema ->> '$schema'), v_draft);
  end if;
  if v_draft in ('2020-12', 'openapi-3.1') then
    return p_schema - case v_draft when 'openapi-3.1' then '$schema' else '' end;
  end if;
  v_number := case v_draft when '04' then 4 when '06' then 6 when '07' then 7 when '2019-09' then 9 else 3 end;
  v_id := case when jsonb_typeof(p_schema -> case v_number when 4 then 'id' else '$id' end) = 'string' and v_number > 3 then p_schema ->> case v_number when 4 then 'id' else '$id' end end;
  if v_number < 9 and jsonb_typeof(p_schema -> '$ref') = 'string' then
    -- Nothing counts beside a reference, but there it can lead to.
    v_out := jsonb_build_object('$ref', dot.fn_schema_modern_ref(p_schema ->> '$ref', v_root));
    for v_key, v_value in select e.key, e.value from jsonb_each(p_schema) e where e.key in ('definitions', '$defs') and jsonb_typeof(e.value) = 'object' loop
      v_out := v_out || jsonb_build_object(v_key, (select coalesce(jsonb_object_agg(e.key, dot.fn_schema_modern_node(e.value, v_draft, v_root, v_recursive, p_unevaluated)), '{}') from jsonb_each(v_value) e));
    end loop;
    return v_out;
  end if;
  if v_id is not null then
    if split_part(v_id, '#', 1) <> '' then
      v_out := jsonb_build_object('$id', split_part(v_id, '#', 1));
      v_recursive := p_schema -> '$recursiveAnchor' = 'true';
      v_root := p_schema;
    end if;
    if split_part(v_id, '#', 2) ~ '^[A-Za-z_][-A-Za-z0-9._]*$' then
      v_out := v_out || jsonb_build_object('$anchor', split_part(v_id, '#', 2));
    end if;
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_schema) e loop
    case
      when v_key in ('$schema', '$id') or v_key = 'id' and v_number = 4 or coalesce((c_later ->> v_key)::int > v_number, false) then
        null;
      when v_key in ('properties', 'patternProperties', 'definitions', '$defs', 'dependentSchemas') and jsonb_typeof(v_value) = 'object' then
        continue when v_key = 'patternProperties' and v_number = 3;
        v_out := v_out || jsonb_build_object(v_key, (select coalesce(jsonb_object_agg(e.key, dot.fn_schema_modern_node(e.value, v_draft, v_root, v_recursive, p_unevaluated)), '{}') from jsonb_each(v_value) e));
      when v_key in ('allOf', 'anyOf', 'oneOf') and jsonb_typeof(v_value) = 'array' then
        v_entries := (select coalesce(jsonb_agg(dot.fn_schema_modern_node(e.value, v_draft, v_root, v_recursive, p_unevaluated) order by e.n), '[]') from jsonb_array_elements(v_value) with ordinality e(value, n));
        v_out := v_out || jsonb_build_object(v_key, v_entries);
      when v_key = 'items' and jsonb_typeof(v_value) = 'array' then
        if v_value <> '[]' then
          v_out := v_out || jsonb_build_object('prefixItems', (select jsonb_agg(dot.fn_schema_modern_node(e.value, v_draft, v_root, v_recursive, p_unevaluated) order by e.n) from jsonb_array_elements(v_value) with ordinality e(value, n)));
        end if;
      when v_key = 'additionalItems' then
        if jsonb_typeof(p_schema -> 'items') = 'array' and v_number > 3 then
          v_out := v_out || jsonb_build_object('items', dot.fn_schema_modern_node(v_value, v_draft, v_root, v_recursive, p_unevaluated));
        end if;
      when v_key = 'contains' or v_key in ('minContains', 'maxContains') then
        v_contains := v_contains || jsonb_build_object(v_key, case v_key when 'contains' then dot.fn_schema_modern_node(v_value, v_draft, v_root, v_recursive, p_unevaluated) else v_value end);
      when v_key in ('items', 'additionalProperties', 'not', 'propertyNames', 'if', 'then', 'else', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema') then
        v_out := v_out || jsonb_build_object(v_key, dot.fn_schema_modern_node(v_value, v_draft, v_root, v_recursive, p_unevaluated));
      when v_key = 'dependencies' and v_number between 4 and 7 and jsonb_typeof(v_value) = 'object' then
        select coalesce(jsonb_object_agg(e.key, e.value) filter (where jsonb_typeof(e.value) = 'array'), '{}') into v_entries from jsonb_each(v_value) e;
        v_out := v_out || case v_entries when '{}' then '{}' else jsonb_build_object('dependentRequired', v_entries) end;
        select coalesce(jsonb_object_agg(e.key, dot.fn_schema_modern_node(e.value, v_draft, v_root, v_recursive, p_unevaluated)) filter (where jsonb_typeof(e.value) <> 'array'), '{}') into v_entries from jsonb_each(v_value) e;
        v_out := v_out || case v_entries when '{}' then '{}' else jsonb_build_object('dependentSchemas', v_entries) end;
      when v_key in ('exclusiveMinimum', 'exclusiveMaximum') and v_number < 6 and jsonb_typeof(v_value) = 'boolean' then
        if v_value = 'true' and p_schema ? replace(lower(v_key), 'exclusive', '') then
          v_out := v_out || jsonb_build_object(v_key, p_schema -> replace(lower(v_key), 'exclusive', ''));
        end if;
      when v_key in ('minimum', 'maximum') and v_number < 6 then
        if p_schema -> ('exclusive' || initcap(v_key)) is distinct from 'true' then
          v_out := v_out || jsonb_build_object(v_key, v_value);
        end if;
      when v_key = 'type' and v_number = 3 and p_schema -> 'nullable' = 'true' and jsonb_typeof(v_value) = 'string' then
        v_out := v_out || jsonb_build_object('type', jsonb_build_array(v_value, 'null'));
      when v_key = '$ref' and jsonb_typeof(v_value) = 'string' then
        v_out := v_out || jsonb_build_object('$ref', dot.fn_schema_modern_ref(v_value #>> '{}', v_root));
      when v_key = '$recursiveAnchor' then
        v_out := v_out || case v_value when 'true' then '{"$dynamicAnchor": "_recursive.anchor"}'::jsonb else '{}' end;
      when v_key = '$recursiveRef' then
        v_all := v_all || case when v_recursive then '{"$dynamicRef": "#_recursive.anchor"}'::jsonb else '{"$ref": "#"}' end;
      when v_number = 3 and v_key = 'nullable' then
        null;
      else
        v_out := v_out || jsonb_build_object(v_key, v_value);
    end case;
  end loop;
  if v_contains ? 'contains' and v_number = 9 and p_unevaluated then
    -- What it contains counts as evaluated from 2020-12 on only.
    v_all := v_all || jsonb_build_object('not', jsonb_build_object('not', v_contains));
  else
    v_out := v_out || v_contains;
  end if;
  if v_all <> '[]' then
    v_out := v_out || jsonb_build_object('allOf', case jsonb_typeof(v_out -> 'allOf') when 'array' then v_out -> 'allOf' else '[]' end || v_all);
  end if;
  return v_out;
end
$$;
comment on function dot.fn_schema_modern_node(jsonb, text, jsonb, boolean, boolean) is
  'For fn_schema_modern: one schema of a draft (fn_schema_draft) in the keywords of Draft 2020-12, and those below it. p_root: the document as written; p_recursive: whether the resource that it belongs to has $recursiveAnchor; p_unevaluated: whether the document asks anywhere what was not evaluated. A keyword that the draft does not have yet is left out; what is no schema stays as it is, for the metaschema to find.';
