create or replace function dot.fn_schema_atoms(p_schema jsonb, p_type text) returns table (kind text, atom jsonb)
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_in_place constant boolean := p_schema ?| array['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas'];
  v_schema   jsonb := p_schema;
  v_k        text;
  v_v        jsonb;
begin
  -- What is not evaluated is what is additional, where nothing but the keywords beside it evaluates.
  if p_type = 'object' and coalesce(v_schema -> 'unevaluatedProperties', 'true') <> 'true' and not v_schema ? 'additionalProperties' then
    if v_in_place then
      return query select 'opaque', p_schema;
    else
      v_schema := v_schema || jsonb_build_object('additionalProperties', v_schema -> 'unevaluatedProperties');
    end if;
  elsif p_type = 'array' and coalesce(v_schema -> 'unevaluatedItems', 'true') <> 'true' and not v_schema ? 'items' then
    if v_in_place or v_schema ? 'contains' then
      return query select 'opaque', p_schema;
    else
      v_schema := v_schema || jsonb_build_object('items', v_schema -> 'unevaluatedItems');
    end if;
  end if;
  for v_k, v_v in select key, value from jsonb_each(v_schema) loop
    if v_k = 'type' then
      if v_v = to_jsonb(p_type) or (jsonb_typeof(v_v) = 'array' and v_v ? p_type) then
        continue;
      elsif p_type = 'number' and v_v ? 'integer' or v_v = '"integer"' and p_type = 'number' then
        return query select 'atom', '{"type": "integer"}'::jsonb;
      else
        return query select 'schema', 'false'::jsonb;
      end if;
    elsif v_k in ('const', 'enum') then
      return query select 'atom', jsonb_build_object('enum', coalesce((
        select jsonb_agg(e) from jsonb_array_elements(case v_k when 'const' then jsonb_build_array(v_v) else v_v end) e where jsonb_typeof(e) = p_type), '[]'));
    elsif v_k = 'allOf' then
      return query select 'schema', e from jsonb_array_elements(v_v) e;
    elsif v_k in ('anyOf', 'oneOf', 'not', '$ref', '$dynamicRef') then
      return query select 'bool', jsonb_build_object(v_k, v_v);
    elsif v_k = 'if' then
      if v_schema ?| array['then', 'else'] then
        return query select 'bool', jsonb_build_object('if', v_v, 'then', coalesce(v_schema -> 'then', 'true'), 'else', coalesce(v_schema -> 'else', 'true'));
      end if;
    elsif p_type = 'number' and v_k in ('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')
      or p_type = 'string' and v_k in ('minLength', 'maxLength', 'pattern', 'format')
      or p_type = 'array' and v_k in ('minItems', 'maxItems')
      or p_type = 'object' and v_k in ('minProperties', 'maxProperties', 'propertyNames')
    then
      return query select 'atom', jsonb_build_object(v_k, v_v);
    elsif p_type = 'array' and v_k = 'uniqueItems' and v_v = 'true' then
      return query select 'atom', '{"uniqueItems": true}'::jsonb;
    elsif p_type = 'array' and v_k = 'contains' then
      return query select 'atom', jsonb_build_object('contains', v_v, 'minContains', coalesce(v_schema -> 'minContains', '1'))
        || case when v_schema ? 'maxContains' then jsonb_build_object('maxContains', v_schema -> 'maxContains') else '{}' end;
    elsif p_type = 'object' and v_k = 'required' then
      return query select 'atom', jsonb_build_object('required', jsonb_build_array(r)) from jsonb_array_elements(v_v) r;
    elsif p_type = 'object' and v_k = 'dependentRequired' then
      return query select 'bool', jsonb_build_object('anyOf', jsonb_build_array(
        jsonb_build_object('not', jsonb_build_object('required', jsonb_build_array(d.key))), jsonb_build_object('required', jsonb_build_array(r))))
        from jsonb_each(v_v) d cross join lateral jsonb_array_elements(d.value) r;
    elsif p_type = 'object' and v_k = 'dependentSchemas' then
      return query select 'bool', jsonb_build_object('anyOf', jsonb_build_array(jsonb_build_object('not', jsonb_build_object('required', jsonb_build_array(d.key))), d.value))
        from jsonb_each(v_v) d;
    end if;
  end loop;
  if p_type = 'object' and v_schema ?| array['properties', 'patternProperties', 'additionalProperties'] then
    return query select 'atom', jsonb_build_object('properties', coalesce(v_schema -> 'properties', '{}'), 'patternProperties', coalesce(v_schema -> 'patternProperties', '{}'),
      'additionalProperties', coalesce(v_schema -> 'additionalProperties', 'true'));
  elsif p_type = 'array' and v_schema ?| array['prefixItems', 'items'] then
    return query select 'atom', jsonb_build_object('items', coalesce(v_schema -> 'items', 'true')) || case
      when v_schema ? 'prefixItems' then jsonb_build_object('prefixItems', v_schema -> 'prefixItems') else '{}' end;
  end if;
end
$$;
comment on function dot.fn_schema_atoms(jsonb, text) is
  'A schema, for values of one JSON type, as a conjunction: kind schema (a subschema that must hold), bool (anyOf, oneOf, not, if, a reference), atom (a rule about the type, its keywords together) or opaque (the whole schema, where unevaluated* depends on what lies in place). Keywords about other types are left out.';
