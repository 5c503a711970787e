create or replace function dot.fn_schema_keywords_off(p_vocabulary jsonb) returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(k.keyword), '{}')
    from (values
      ('applicator', '{allOf,anyOf,oneOf,not,if,then,else,properties,patternProperties,additionalProperties,propertyNames,dependentSchemas,prefixItems,items,contains}'::text[]),
      ('unevaluated', '{unevaluatedItems,unevaluatedProperties}'),
      ('validation', '{type,enum,const,multipleOf,maximum,exclusiveMaximum,minimum,exclusiveMinimum,maxLength,minLength,pattern,maxItems,minItems,uniqueItems,maxContains,minContains,maxProperties,minProperties,required,dependentRequired}')
    ) v(name, keywords)
   cross join lateral unnest(v.keywords) k(keyword)
   where jsonb_typeof(p_vocabulary) = 'object' and not p_vocabulary ? ('https://json-schema.org/draft/2020-12/vocab/' || v.name)
$$;
comment on function dot.fn_schema_keywords_off(jsonb) is
  'The keywords that a metaschema''s $vocabulary leaves out (Draft 2020-12 Core, 8.1.2); none when p_vocabulary is null.';
