create or replace function dot.fn_argument_types() returns table (type text, pg_type text)
language sql immutable security definer set search_path = dot, pg_temp
as $$
  values
    ('text', 'text'),
    ('int', 'integer'),
    ('bigint', 'bigint'),
    ('numeric', 'numeric'),
    ('bool', 'boolean'),
    ('uuid', 'uuid'),
    ('timestamptz', 'timestamp with time zone'),
    ('interval', 'interval'),
    ('json', 'jsonb'),
    ('text[]', 'text[]'),
    ('int[]', 'integer[]'),
    ('uuid[]', 'uuid[]'),
    ('enum', 'text'),
    ('moment', 'text'),
    ('file', 'text'),
    ('script', 'text'),
    ('statements', 'text[]'),
    ('documents', 'jsonb'),
    ('catalog', 'jsonb')
$$;
comment on function dot.fn_argument_types() is
  'The types of arguments as command files name them, each with the type of the parameter that takes it. The table is src/catalog/arg_type.rs.';
