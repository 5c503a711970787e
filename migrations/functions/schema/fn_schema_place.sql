create or replace function dot.fn_schema_place(p_schema jsonb, p_at text, p_modern boolean, out at text, out keyword text)
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_token text;
  v_here  jsonb := p_schema;
  -- What the next token is: a keyword of a schema, one of its subschemas, or a part of another value.
  v_is    text := 'schema';
begin
  at := '';
  foreach v_token in array dot.fn_schema_pointer(replace(p_at, '%', '%25')) loop
    if v_is = 'schema' and jsonb_typeof(v_here) = 'object' then
      -- What Draft 2020-12 calls otherwise than the draft that it is written in.
      v_token := case
        when not p_modern then v_token
        when v_token = 'items' and jsonb_typeof(v_here -> 'items') = 'array' then 'additionalItems'
        when v_here ? v_token then v_token
        when v_token = 'prefixItems' then 'items'
        when v_token in ('dependentSchemas', 'dependentRequired') then 'dependencies'
        when v_token = '$dynamicRef' then '$recursiveRef'
        when v_token in ('$id', '$anchor') and v_here ? '$id' then '$id'
        when v_token in ('$id', '$anchor') then 'id'
        else v_token end;
      keyword := v_token;
      v_is := case
        when v_token in ('properties', 'patternProperties', 'definitions', '$defs', 'dependencies', 'dependentSchemas', 'allOf', 'anyOf', 'oneOf', 'prefixItems')
          or v_token = 'items' and jsonb_typeof(v_here -> 'items') = 'array' then 'subschema'
        when v_token in ('items', 'additionalItems', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema') then 'schema'
        else 'value' end;
    else
      v_is := case v_is when 'subschema' then 'schema' else 'value' end;
    end if;
    v_here := case jsonb_typeof(v_here) when 'array' then case when v_token ~ '^[0-9]{1,6}$' then v_here -> v_token::int end else v_here -> v_token end;
    exit when v_here is null;
    at := at || '/' || dot.fn_schema_token(v_token);
  end loop;
end
$$;
comment on function dot.fn_schema_place(jsonb, text, boolean) is
  'The place p_at (a JSON Pointer) of a schema, as far as it is there, where p_modern from that of its form in Draft 2020-12 to that in the schema as it was written; and the keyword whose value that is or belongs to, null for the schema itself.';
