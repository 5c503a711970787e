create or replace function dot.fn_schema_format_samples() returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select array['2024-02-29T12:00:00Z', '2024-02-29', '12:00:00Z', 'P1D', 'PT1S', 'a@example.com', 'example.com', '127.0.0.1', '::1', 'https://example.com/a', 'a:b', '/a',
    '2eb8aa08-aa98-11ea-b4aa-73b441d16380', '%', '(', '/~', 'a b']
$$;
comment on function dot.fn_schema_format_samples() is
  'Texts of each of the formats of fn_schema_formats_known, and some of none, for fn_schema_solve_string to try.';
