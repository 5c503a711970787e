do $$
declare
  v_meta   constant jsonb := dot.fn_schema_link('{"$ref": "https://json-schema.org/draft/2020-12/schema"}');
  v_errors jsonb;
  v_word   text;
  v_value  jsonb;
  v_schema jsonb;
  v_good   int := 0;
begin
  foreach v_word in array string_to_array('additionalProperties items contains not if then else propertyNames unevaluatedItems contentSchema allOf oneOf prefixItems properties $defs definitions dependentSchemas minimum
    multipleOf minLength maxContains uniqueItems deprecated title format $ref $dynamicRef $schema $id $anchor enum examples required dependentRequired type const default dependencies $vocabulary unknown', ' ') loop
    foreach v_value in array array['true', '1', '-1', '1.5', '0', '"a"', '"a#b"', '"string"', '[]', '["a"]', '["a", "a"]', '["string", "null"]', '["string", "string"]', '[1]', '[{}]', '{}', '{"a": true}', '{"a": 1}', '{"a": ["b"]}', 'null']::jsonb[] loop
      v_schema := jsonb_build_object(trim(E'\n ' from v_word), v_value);
      select o_errors into v_errors from dot.fn_schema_eval(v_meta, v_meta -> 'schema', v_meta ->> 'base', '{}', '{}', v_schema, '', '', false, 100000);
      if dot.fn_schema_well_formed(v_schema) then
        v_good := v_good + 1;
        -- What the subschemas say is looked at by itself.
        assert not exists (select 1 from jsonb_array_elements(v_errors) e where e ->> 'at' not like '/%/a' or v_value = '{"a": true}'), format('%s is none', v_schema);
      else
        assert v_word in ('dependencies', '$vocabulary') or v_errors <> '[]', format('%s is one', v_schema);
      end if;
    end loop;
  end loop;
  assert v_good > 100;
end
$$;
