create or replace function dot.fn_schema_modern_ref(p_ref text, p_root jsonb) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_parts  text[] := regexp_match(p_ref, '^([^#]*)#(/.*)$');
  v_tokens text[];
  v_token  text;
  v_out    text := '';
  v_at     jsonb := p_root;
  -- What the next token is one of: the keywords of a schema, its entries of a map, or nothing that is known.
  v_is     text := 'schema';
begin
  if v_parts is null or v_parts[1] not in ('', regexp_replace(coalesce(p_root ->> '$id', p_root ->> 'id', ''), '#$', '')) then
    return p_ref;
  end if;
  v_tokens := dot.fn_schema_pointer(v_parts[2]);
  foreach v_token in array v_tokens loop
    v_out := v_out || '/' || replace(dot.fn_schema_token(case
      when v_is <> 'schema' then v_token
      when v_token = 'items' and jsonb_typeof(v_at -> 'items') = 'array' then 'prefixItems'
      when v_token = 'additionalItems' and jsonb_typeof(v_at -> 'items') = 'array' then 'items'
      when v_token = 'dependencies' then 'dependentSchemas'
      else v_token end), '%', '%25');
    v_is := case
      when v_is = 'entry' then 'schema'
      when v_is = 'schema' and (v_token in ('properties', 'patternProperties', 'definitions', '$defs', 'dependencies', 'dependentSchemas', 'allOf', 'anyOf', 'oneOf')
        or v_token = 'items' and jsonb_typeof(v_at -> 'items') = 'array') then 'entry'
      when v_is = 'schema' and v_token in ('items', 'additionalItems', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else',
        'unevaluatedItems', 'unevaluatedProperties', 'contentSchema') then 'schema'
      else 'unknown' end;
    v_at := case jsonb_typeof(v_at) when 'array' then case when v_token ~ '^[0-9]{1,6}$' then v_at -> v_token::int end else v_at -> v_token end;
  end loop;
  return v_parts[1] || '#' || v_out;
end
$$;
comment on function dot.fn_schema_modern_ref(text, jsonb) is
  'A reference of an older draft, as it leads to the same place once fn_schema_modern has given that place the keywords of Draft 2020-12. p_root: the document as written; a reference into another document stays.';
