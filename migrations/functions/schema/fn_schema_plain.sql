create or replace function dot.fn_schema_plain(p_schema jsonb) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select case
    when p_schema = 'true' or p_schema = '{}' then '0'::jsonb
    when jsonb_typeof(p_schema) <> 'object' or p_schema - array['type', 'title', 'description', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'] <> '{}' then null
    when not p_schema ? 'type' then '0'
    else case p_schema ->> 'type'
      when 'null' then 'null' when 'boolean' then 'false' when 'integer' then '0' when 'number' then '0' when 'string' then '""' when 'array' then '[]' when 'object' then '{}' end::jsonb end
$$;
comment on function dot.fn_schema_plain(jsonb) is
  'A value valid under a schema that says one type at most and else only annotations; null for any other schema.';
