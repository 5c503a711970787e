create or replace function dot.fn_schema_draft(p_dialect text) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select case regexp_replace(coalesce(p_dialect, 'https://json-schema.org/draft/2020-12/schema'), '#$', '')
    when 'https://json-schema.org/draft/2020-12/schema' then '2020-12'
    when 'https://json-schema.org/draft/2019-09/schema' then '2019-09'
    when 'http://json-schema.org/draft-07/schema' then '07'
    when 'http://json-schema.org/draft-06/schema' then '06'
    when 'http://json-schema.org/draft-04/schema' then '04'
    when 'https://json-schema.org/draft-07/schema' then '07'
    when 'https://json-schema.org/draft-06/schema' then '06'
    when 'https://json-schema.org/draft-04/schema' then '04'
    when 'https://spec.openapis.org/oas/3.0/schema/2021-09-28' then 'openapi-3.0'
    when 'https://spec.openapis.org/oas/3.0/schema/2024-10-18' then 'openapi-3.0'
    when 'https://spec.openapis.org/oas/3.0/dialect' then 'openapi-3.0'
    when 'https://spec.openapis.org/oas/3.1/dialect/base' then 'openapi-3.1'
    when 'https://spec.openapis.org/oas/3.1/dialect/2024-11-10' then 'openapi-3.1'
  end
$$;
comment on function dot.fn_schema_draft(text) is
  'The draft that a dialect ($schema) names: 2020-12 (also where it is null), 2019-09, 07, 06, 04, openapi-3.0 or openapi-3.1; null for another one.';
