create or replace function dot.fn_schema_static_part(p_link jsonb, p_schema jsonb, p_base text, p_scope jsonb, inout p_todo jsonb, out o_schema jsonb)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_base   text := p_base;
  v_scope  jsonb;
  v_reach  jsonb;
  v_target jsonb;
  v_child  record;
  v_sub    record;
  v_k      text;
  v_key    text;
  v_refs   jsonb := '[]'::jsonb;
begin
  o_schema := p_schema;
  if jsonb_typeof(p_schema) <> 'object' then
    return;
  end if;
  if jsonb_typeof(p_schema -> '$id') = 'string' then
    v_base := regexp_replace(dot.fn_schema_uri(p_base, p_schema ->> '$id'), '#$', '');
  end if;
  -- Of an anchor that several resources have, the outermost one entered counts.
  v_scope := coalesce(p_link #> array['dynamic', v_base], '{}') || p_scope;
  o_schema := p_schema - array['$id', '$anchor', '$dynamicAnchor', '$defs', 'definitions', '$ref', '$dynamicRef'];
  for v_child in select c.path, c.child from dot.fn_schema_children(o_schema) c loop
    select * into v_sub from dot.fn_schema_static_part(p_link, v_child.child, v_base, v_scope, p_todo);
    p_todo := v_sub.p_todo;
    o_schema := jsonb_set(o_schema, v_child.path, v_sub.o_schema, false);
  end loop;
  foreach v_k in array array['$ref', '$dynamicRef'] loop
    continue when jsonb_typeof(p_schema -> v_k) is distinct from 'string';
    v_target := p_link #> array['refs', v_base || ' ' || (p_schema ->> v_k)];
    if v_k = '$dynamicRef' and v_target ->> 'anchor' is not null then
      v_target := coalesce(v_scope -> (v_target ->> 'anchor'), p_link #> array['dynamic', v_target ->> 'base', v_target ->> 'anchor']);
    end if;
    v_reach := coalesce(p_link #> array['dynamic', v_target ->> 'base'], '{}') || v_scope;
    -- Called by its place in the document, not by the document's address, which may be another for each version.
    v_key := '#' || (v_target ->> 'at') || coalesce(' ' || (select md5(string_agg(concat(a.key, ' ', a.value ->> 'at'), ' ' order by a.key)) from jsonb_each(v_reach) a), '');
    v_target := jsonb_build_object('schema', v_target -> 'schema', 'base', v_target -> 'base', 'scope', v_reach);
    p_todo := jsonb_build_object(v_key, v_target) || p_todo;
    v_refs := v_refs || jsonb_build_array(jsonb_build_object('$ref', v_key));
  end loop;
  if jsonb_array_length(v_refs) = 1 then
    o_schema := o_schema || (v_refs -> 0);
  elsif v_refs <> '[]' then
    o_schema := o_schema || jsonb_build_object('allOf', coalesce(o_schema -> 'allOf', '[]') || v_refs);
  end if;
end
$$;
comment on function dot.fn_schema_static_part(jsonb, jsonb, text, jsonb, jsonb) is
  'One subschema of the link p_link with its references led where they lead here, for fn_schema_static. p_base: the resource it is in; p_scope {anchor: target}: what the dynamic anchors of the resources entered so far lead to. p_todo {reference: {schema, base, scope}} gathers where the references lead.';
