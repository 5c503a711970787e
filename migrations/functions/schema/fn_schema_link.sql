create or replace function dot.fn_schema_link(p_schema jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_root    constant text := 'schema:';
  c_dialect constant text := 'https://json-schema.org/draft/2020-12/schema';
  v_documents jsonb := coalesce(p_documents, '{}');
  v_texts     jsonb := jsonb_build_object(c_root, p_schema);
  v_nodes     jsonb;
  v_refs      jsonb := '{}'::jsonb;
  v_uris      text[];
  v_base      text;
  v_ref       record;
  v_resource  jsonb;
  v_target    jsonb;
  v_tokens    text[];
  v_new       jsonb;
begin
  if jsonb_typeof(p_schema) not in ('object', 'boolean') then
    raise exception using errcode = 'DT400', message = format('a schema is an object or a boolean, not %s', jsonb_typeof(p_schema));
  end if;
  -- Where each subschema is. A node is {d: document, p: path, b: base, r: root of a resource, v: dialect, s: schema}.
  select jsonb_agg(jsonb_build_object('d', n.document, 'p', n.path, 'b', n.base, 'r', n.is_resource, 'v', n.dialect, 's', n.schema))
    into v_nodes from dot.fn_schema_nodes(p_schema, c_root, c_root) n;
  v_base := v_nodes #>> '{0,b}';
  loop
    -- Every reference not yet resolved, in the order found; new documents bring new ones.
    select n ->> 'b' as base, k.value #>> '{}' as ref into v_ref
      from jsonb_array_elements(v_nodes) with ordinality x(n, at)
     cross join lateral jsonb_each(case jsonb_typeof(n -> 's') when 'object' then n -> 's' else '{}' end) k
     where k.key in ('$ref', '$dynamicRef') and jsonb_typeof(k.value) = 'string' and not v_refs ? ((n ->> 'b') || ' ' || (k.value #>> '{}'))
     order by at limit 1;
    exit when not found;
    v_target := null;
    v_uris := regexp_match(dot.fn_schema_uri(v_ref.base, v_ref.ref), '^([^#]*)(?:#(.*))?$');
    select n into v_resource from jsonb_array_elements(v_nodes) with ordinality x(n, at)
     where (n ->> 'r')::boolean and n ->> 'b' = v_uris[1] order by at limit 1;
    if not found and not v_documents ? v_uris[1] and v_uris[1] like 'https://json-schema.org/%' then
      v_documents := v_documents || dot.fn_schema_standard();
      v_resource := null;
    end if;
    if v_resource is null and v_documents ? v_uris[1] then
      v_texts := v_texts || jsonb_build_object(v_uris[1], v_documents -> v_uris[1]);
      select jsonb_agg(jsonb_build_object('d', n.document, 'p', n.path, 'b', n.base, 'r', n.is_resource, 'v', n.dialect, 's', n.schema))
        into v_new from dot.fn_schema_nodes(v_documents -> v_uris[1], v_uris[1], v_uris[1]) n;
      v_nodes := v_nodes || v_new;
      v_resource := v_new -> 0;
    end if;
    if v_resource is null then
      raise exception using errcode = 'DT400', message = format('the schema refers to %s, which is not known', v_uris[1]),
        detail = jsonb_build_object('reference', v_ref.ref, 'base', v_ref.base)::text,
        hint = 'Nothing is fetched. Put the schema under $defs with its $id, or give it among the documents.';
    end if;
    v_tokens := dot.fn_schema_pointer(v_uris[2]);
    if v_tokens is null then
      select n into v_target from jsonb_array_elements(v_nodes) n
       where n ->> 'b' = v_resource ->> 'b' and v_uris[2] in (n #>> '{s,$anchor}', n #>> '{s,$dynamicAnchor}') and n ->> 'd' = v_resource ->> 'd' limit 1;
    else
      v_tokens := array(select jsonb_array_elements_text(v_resource -> 'p')) || v_tokens;
      select n into v_target from jsonb_array_elements(v_nodes) n where n ->> 'd' = v_resource ->> 'd' and n -> 'p' = to_jsonb(v_tokens) limit 1;
      if not found and jsonb_typeof(v_texts -> (v_resource ->> 'd') #> v_tokens) in ('object', 'boolean') then
        -- A place that no keyword makes a schema is made one by the reference; its base is that of the nearest schema around it.
        select jsonb_agg(jsonb_build_object('d', x.document, 'p', x.path, 'b', x.base, 'r', x.is_resource and x.base <> near.n ->> 'b', 'v', x.dialect, 's', x.schema))
          into v_new
          from (select n from jsonb_array_elements(v_nodes) n
                 where n ->> 'd' = v_resource ->> 'd' and to_jsonb(v_tokens[1:jsonb_array_length(n -> 'p')]) = n -> 'p'
                 order by jsonb_array_length(n -> 'p') desc limit 1) near
         cross join lateral dot.fn_schema_nodes(v_texts -> (v_resource ->> 'd') #> v_tokens, v_resource ->> 'd', near.n ->> 'b', v_tokens, near.n ->> 'v') x;
        v_nodes := v_nodes || v_new;
        v_target := v_new -> 0;
      end if;
    end if;
    if v_target is null then
      raise exception using errcode = 'DT400', message = format('the schema refers to %s, where there is no schema', v_ref.ref),
        detail = jsonb_build_object('reference', v_ref.ref, 'base', v_ref.base)::text, hint = 'A $ref names a $id, an $anchor or the JSON Pointer of a subschema.';
    end if;
    v_refs := v_refs || jsonb_build_object(v_ref.base || ' ' || v_ref.ref, jsonb_build_object(
      'schema', case jsonb_typeof(v_target -> 's') when 'object' then (v_target -> 's') - '$id' else v_target -> 's' end, 'base', v_target -> 'b',
      'at', (v_target ->> 'd') || '#' || coalesce((select string_agg('/' || dot.fn_schema_token(t), '' order by n) from jsonb_array_elements_text(v_target -> 'p') with ordinality y(t, n)), ''),
      'anchor', case when v_tokens is null and v_target #>> '{s,$dynamicAnchor}' = v_uris[2] then v_uris[2] end));
  end loop;
  if exists (select 1 from jsonb_array_elements(v_nodes) n where n ->> 'v' is not null and n ->> 'v' <> c_dialect and not v_documents ? (n ->> 'v')) then
    raise exception using errcode = 'DT400', message = format('the dialect %s is not known', (select n ->> 'v' from jsonb_array_elements(v_nodes) n where n ->> 'v' <> c_dialect and not v_documents ? (n ->> 'v') limit 1)),
      hint = format('Schemas are written in Draft 2020-12: "$schema": "%s"', c_dialect);
  end if;
  return jsonb_build_object('schema', case jsonb_typeof(p_schema) when 'object' then p_schema - '$id' else p_schema end, 'base', v_base, 'refs', v_refs,
    'dynamic', coalesce((
      select jsonb_object_agg(a.base, a.anchors) from (
        select n ->> 'b' as base, jsonb_object_agg(n #>> '{s,$dynamicAnchor}', jsonb_build_object('schema', (n -> 's') - '$id', 'base', n -> 'b',
                 'at', (n ->> 'b') || '#' || (n #>> '{s,$dynamicAnchor}'))) as anchors
          from jsonb_array_elements(v_nodes) n where jsonb_typeof(n #> '{s,$dynamicAnchor}') = 'string' group by 1) a), '{}'),
    -- Keywords that a dialect of the documents' own leaves out, by base.
    'off', coalesce((
      select jsonb_object_agg(n ->> 'b', to_jsonb(o.keywords))
        from jsonb_array_elements(v_nodes) n
       cross join lateral (select dot.fn_schema_keywords_off(v_documents -> (n ->> 'v') -> '$vocabulary') as keywords) o
       where (n ->> 'r')::boolean and n ->> 'v' <> c_dialect and o.keywords <> '{}'), '{}'));
end
$$;
comment on function dot.fn_schema_link(jsonb, jsonb) is
  'A schema of Draft 2020-12 with every reference resolved, as fn_schema_eval wants it: {schema, base, refs {"<base> <ref>": {schema without its $id, base, at, anchor}}, dynamic {base: {anchor: target}}, off {base: [keywords]}}. p_documents {uri: schema} and those of the standard are all that is known; nothing is fetched. DT400 for a reference to nothing, an unknown document or dialect.';
