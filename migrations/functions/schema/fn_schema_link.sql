create or replace function dot.fn_schema_link(p_schema jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_root    constant text := 'schema:';
  c_dialect constant text := 'https://json-schema.org/draft/2020-12/schema';
  c_asserted constant text := 'https://json-schema.org/draft/2020-12/vocab/format-assertion';
  v_documents jsonb := coalesce(p_documents, '{}');
  v_texts     jsonb := jsonb_build_object(c_root, p_schema);
  v_nodes     jsonb[] := array[]::jsonb[];
  v_places    jsonb := '{}'::jsonb;
  v_roots     jsonb := '{}'::jsonb;
  v_anchors   jsonb := '{}'::jsonb;
  v_refs      jsonb := '{}'::jsonb;
  v_todo      jsonb := '[]'::jsonb;
  v_more      jsonb;
  v_new       jsonb;
  v_from      int;
  v_uris      text[];
  v_ref       jsonb;
  v_resource  jsonb;
  v_target    jsonb;
  v_tokens    text[];
  v_unknown   record;
  v_asserted  boolean;
  v_root      jsonb;
  v_dynamic   jsonb;
  v_hint      text;
begin
  if jsonb_typeof(p_schema) not in ('object', 'boolean') then
    raise exception using errcode = 'DT400', message = format('a schema is an object or a boolean, not %s', jsonb_typeof(p_schema));
  end if;
  -- The dialect of the root says whether formats are asserted, and those of all that it refers to.
  if p_schema ->> '$schema' = dot.fn_schema_dialect_asserting() then
    v_documents := v_documents || jsonb_build_object(dot.fn_schema_dialect_asserting(), jsonb_build_object('$vocabulary', (
      select jsonb_object_agg('https://json-schema.org/draft/2020-12/vocab/' || v, true) from unnest(array['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'format-assertion', 'content']) v)));
  end if;
  v_asserted := coalesce(v_documents #> array[p_schema ->> '$schema', '$vocabulary'] ? c_asserted, false);
  -- Documents, or parts of one, whose subschemas are not yet known: {s: schema, d: document, b: base, p: path, v: dialect}.
  v_more := jsonb_build_array(jsonb_build_object('s', p_schema, 'd', c_root, 'b', c_root, 'p', '[]'::jsonb, 'v', null, 'r', true));
  loop
    if v_more <> '[]' then
      -- Where each subschema is. A node is {d: document, p: path, b: base, r: root of a resource, v: dialect, s: schema, a: place}.
      v_from := cardinality(v_nodes);
      select v_nodes || array_agg(jsonb_build_object('d', n.document, 'p', n.path, 'b', n.base, 'r', n.is_resource and (n.path <> m.path or m.r or n.base <> m.b), 'v', n.dialect, 's', n.schema,
               'a', n.document || '#' || case when array_to_string(n.path, '') ~ '[~/]' then array_to_string(array(select '/' || dot.fn_schema_token(t) from unnest(n.path) with ordinality x(t, i) order by i), '')
                 when n.path = '{}' then '' else '/' || array_to_string(n.path, '/') end) order by m.at, n.at)
        into v_nodes
        from (select at, e -> 's' as s, e ->> 'd' as d, e ->> 'b' as b, array(select jsonb_array_elements_text(e -> 'p')) as path, e ->> 'v' as v, (e -> 'r')::boolean as r
                from jsonb_array_elements(v_more) with ordinality x(e, at)) m
       cross join lateral dot.fn_schema_nodes(m.s, m.d, m.b, m.path, m.v) with ordinality n(document, path, base, is_resource, dialect, schema, at);
      select coalesce(jsonb_object_agg(k, n), '{}') || v_places into strict v_places
        from (select v_nodes[i] ->> 'a' as k, min(i) as n from generate_series(v_from + 1, cardinality(v_nodes)) i group by 1) x;
      select coalesce(jsonb_object_agg(k, n), '{}') || v_roots into strict v_roots
        from (select v_nodes[i] ->> 'b' as k, min(i) as n from generate_series(v_from + 1, cardinality(v_nodes)) i where (v_nodes[i] -> 'r')::boolean group by 1) x;
      select coalesce(jsonb_object_agg(k, n), '{}') || v_anchors into strict v_anchors
        from (select (v_nodes[i] ->> 'd') || ' ' || (v_nodes[i] ->> 'b') || '#' || (a.value #>> '{}') as k, min(i) as n from generate_series(v_from + 1, cardinality(v_nodes)) i
               cross join lateral jsonb_each(case jsonb_typeof(v_nodes[i] -> 's') when 'object' then v_nodes[i] -> 's' else '{}' end) a
               where a.key in ('$anchor', '$dynamicAnchor') and jsonb_typeof(a.value) = 'string' group by 1) x;
      -- Every reference not yet resolved, in the order found; new documents bring new ones.
      select v_todo || coalesce(jsonb_agg(x.r order by x.n), '[]') into strict v_todo
        from (select jsonb_build_object('b', v_nodes[i] -> 'b', 'r', k.value) as r, min(i) as n from generate_series(v_from + 1, cardinality(v_nodes)) i
               cross join lateral jsonb_each(case jsonb_typeof(v_nodes[i] -> 's') when 'object' then v_nodes[i] -> 's' else '{}' end) k
               where k.key in ('$ref', '$dynamicRef') and jsonb_typeof(k.value) = 'string' group by 1) x;
      v_more := '[]';
    end if;
    v_ref := v_todo -> 0;
    exit when v_ref is null;
    v_todo := v_todo - 0;
    continue when v_refs ? ((v_ref ->> 'b') || ' ' || (v_ref ->> 'r'));
    v_target := null;
    v_uris := regexp_match(dot.fn_schema_uri(v_ref ->> 'b', v_ref ->> 'r'), '^([^#]*)(?:#(.*))?$');
    v_resource := v_nodes[(v_roots -> v_uris[1])::int];
    if v_resource is null then
      if not v_documents ? v_uris[1] and v_uris[1] ~ '^https?://json-schema.org/' then
        v_documents := dot.fn_schema_former() || dot.fn_schema_standard() || v_documents;
      end if;
      if not v_documents ? v_uris[1] or v_texts ? v_uris[1] then
        v_hint := 'Nothing is fetched. Put the schema under $defs with its $id, or give it among the documents.';
        perform dot.fn_schema_refuse(p.at, p.keyword, format('the schema refers to %s, which is not known', v_uris[1]), v_hint, jsonb_build_object('reference', v_ref -> 'r', 'base', v_ref -> 'b'))
           from dot.fn_schema_referrer(v_nodes, v_ref ->> 'b', v_ref ->> 'r') p;
      end if;
      v_texts := v_texts || jsonb_build_object(v_uris[1], v_documents -> v_uris[1]);
      v_more := jsonb_build_array(jsonb_build_object('s', v_documents -> v_uris[1], 'd', v_uris[1], 'b', v_uris[1], 'p', '[]'::jsonb, 'v', null, 'r', true, 'u', v_uris[1]));
      v_todo := jsonb_build_array(v_ref) || v_todo;
      -- A document is found by the address it was asked for under, whatever it calls itself.
      v_roots := v_roots || jsonb_build_object(v_uris[1], cardinality(v_nodes) + 1);
      continue;
    end if;
    v_tokens := dot.fn_schema_pointer(v_uris[2]);
    if v_tokens is null then
      v_target := v_nodes[(v_anchors -> ((v_resource ->> 'd') || ' ' || (v_resource ->> 'b') || '#' || v_uris[2]))::int];
    else
      v_tokens := array(select jsonb_array_elements_text(v_resource -> 'p')) || v_tokens;
      v_new := to_jsonb((v_resource ->> 'd') || '#' || array_to_string(array(select '/' || dot.fn_schema_token(t) from unnest(v_tokens) with ordinality x(t, i) order by i), ''));
      v_target := v_nodes[(v_places -> (v_new #>> '{}'))::int];
      if v_target is null and jsonb_typeof(v_texts -> (v_resource ->> 'd') #> v_tokens) in ('object', 'boolean') then
        -- A place that no keyword makes a schema is made one by the reference; its base is that of the nearest schema around it.
        select jsonb_build_array(jsonb_build_object('s', v_texts -> (v_resource ->> 'd') #> v_tokens, 'd', v_resource -> 'd', 'b', near.n -> 'b', 'p', to_jsonb(v_tokens), 'v', near.n -> 'v', 'r', false))
          into v_more
          from (select n from unnest(v_nodes) n
                 where n ->> 'd' = v_resource ->> 'd' and to_jsonb(v_tokens[1:jsonb_array_length(n -> 'p')]) = n -> 'p'
                 order by jsonb_array_length(n -> 'p') desc limit 1) near;
        v_todo := jsonb_build_array(v_ref) || v_todo;
        continue;
      end if;
    end if;
    if v_target is null then
      perform dot.fn_schema_refuse(p.at, p.keyword, format('the schema refers to %s, where there is no schema', v_ref ->> 'r'), 'A $ref names a $id, an $anchor or the JSON Pointer of a subschema.',
                jsonb_build_object('reference', v_ref -> 'r', 'base', v_ref -> 'b'))
         from dot.fn_schema_referrer(v_nodes, v_ref ->> 'b', v_ref ->> 'r') p;
    end if;
    v_refs := v_refs || jsonb_build_object((v_ref ->> 'b') || ' ' || (v_ref ->> 'r'), jsonb_build_object(
      'schema', case jsonb_typeof(v_target -> 's') when 'object' then (v_target -> 's') - '$id' else v_target -> 's' end, 'base', v_target -> 'b', 'at', v_target -> 'a',
      'anchor', case when v_tokens is null and v_target #>> '{s,$dynamicAnchor}' = v_uris[2] then v_uris[2] end));
  end loop;
  perform dot.fn_schema_refuse(max(a.at), (array_agg(a.key order by a.at desc))[1], format('the schema has two anchors %s', a.name), 'An anchor is one place of its document: a $ref to it could mean either.')
    from (select n ->> 'd' as d, n ->> 'b' as b, k.value #>> '{}' as name, (n ->> 'a') || '/' || k.key as at, k.key from unnest(v_nodes) n
           cross join lateral jsonb_each(case jsonb_typeof(n -> 's') when 'object' then n -> 's' else '{}' end) k
           where k.key in ('$anchor', '$dynamicAnchor') and jsonb_typeof(k.value) = 'string') a
   group by a.d, a.b, a.name having count(*) > 1 limit 1;
  perform dot.fn_schema_refuse(max(n ->> 'a') || '/$id', '$id', format('the schema has two resources %s', n ->> 'b'), 'An $id is one place of its document: a $ref to it could mean either.')
    from unnest(v_nodes) n where (n -> 'r')::boolean and n -> 's' ? '$id' group by n ->> 'd', n ->> 'b' having count(*) > 1 limit 1;
  perform dot.fn_schema_refuse((n ->> 'a') || '/$schema', '$schema', format('the dialect %s is not known', n ->> 'v'), format('Schemas are written in Draft 2020-12: "$schema": "%s"', c_dialect))
     from unnest(v_nodes) n where n ->> 'v' <> c_dialect and not v_documents ? (n ->> 'v') limit 1;
  select n ->> 'a' as at, n ->> 'v' as dialect, o.key as vocabulary into v_unknown
    from unnest(v_nodes) n cross join lateral jsonb_each(case jsonb_typeof(v_documents -> (n ->> 'v') -> '$vocabulary') when 'object' then v_documents -> (n ->> 'v') -> '$vocabulary' else '{}' end) o
   where n ->> 'v' is not null and n ->> 'v' <> c_dialect and o.value = 'true' and not (v_asserted and o.key = c_asserted) and o.key not in (
     'https://json-schema.org/draft/2020-12/vocab/core', 'https://json-schema.org/draft/2020-12/vocab/applicator', 'https://json-schema.org/draft/2020-12/vocab/unevaluated',
     'https://json-schema.org/draft/2020-12/vocab/validation', 'https://json-schema.org/draft/2020-12/vocab/meta-data', 'https://json-schema.org/draft/2020-12/vocab/format-annotation',
     'https://json-schema.org/draft/2020-12/vocab/content') limit 1;
  if found then
    perform dot.fn_schema_refuse(v_unknown.at || '/$schema', '$schema', format('the dialect %s needs the vocabulary %s, which is not known', v_unknown.dialect, v_unknown.vocabulary),
      'A vocabulary that may be left out has the value false under $vocabulary.');
  end if;
  v_root := case jsonb_typeof(p_schema) when 'object' then p_schema - '$id' else p_schema end;
  select coalesce(jsonb_object_agg(a.base, a.anchors), '{}') into strict v_dynamic from (
    select n ->> 'b' as base, jsonb_object_agg(n #>> '{s,$dynamicAnchor}', jsonb_build_object('schema', (n -> 's') - '$id', 'base', n -> 'b',
             'at', (n ->> 'b') || '#' || (n #>> '{s,$dynamicAnchor}'))) as anchors
      from unnest(v_nodes) n where jsonb_typeof(n #> '{s,$dynamicAnchor}') = 'string' group by 1) a;
  if v_texts::text like '%"format"%' then
    v_root := dot.fn_schema_formats_kept(v_root, v_asserted);
    select coalesce(jsonb_object_agg(r.key, r.value || jsonb_build_object('schema', dot.fn_schema_formats_kept(r.value -> 'schema', v_asserted))), '{}') into strict v_refs from jsonb_each(v_refs) r;
    select coalesce(jsonb_object_agg(d.key, (
             select jsonb_object_agg(a.key, a.value || jsonb_build_object('schema', dot.fn_schema_formats_kept(a.value -> 'schema', v_asserted))) from jsonb_each(d.value) a)), '{}')
      into strict v_dynamic from jsonb_each(v_dynamic) d;
  end if;
  return jsonb_build_object('schema', v_root, 'base', v_nodes[1] -> 'b', 'refs', v_refs, 'dynamic', v_dynamic,
    -- Keywords that a dialect of the documents' own leaves out, by base.
    'off', coalesce((
      select jsonb_object_agg(n ->> 'b', to_jsonb(o.keywords))
        from unnest(v_nodes) n
       cross join lateral (select dot.fn_schema_keywords_off(v_documents -> (n ->> 'v') -> '$vocabulary') as keywords) o
       where (n ->> 'r')::boolean and n ->> 'v' <> c_dialect and o.keywords <> '{}'), '{}'));
end
$$;
comment on function dot.fn_schema_link(jsonb, jsonb) is
  'A schema of Draft 2020-12 with every reference resolved, as fn_schema_eval wants it: {schema, base, refs {"<base> <ref>": {schema without its $id, base, at, anchor}}, dynamic {base: {anchor: target}}, off {base: [keywords]}}; of formats only those are left that are asserted, by the dialect of p_schema (fn_schema_asserting, or a metaschema with the vocabulary format-assertion). p_documents {uri: schema} and those of the standard are all that is known; nothing is fetched. DT400 for a reference to nothing, an unknown document, dialect or required vocabulary.';
