create or replace function dot.fn_schema_regex_literal(p_pattern text) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select format('(%L collate %s)', r, case when position('[:' in r) > 0 then '"und-x-icu"' else '"C"' end) from dot.fn_schema_regex(p_pattern) r
$$;
comment on function dot.fn_schema_regex_literal(text) is 'A regular expression of ECMA-262 as the right side of PostgreSQL''s ~, with the collation that it needs. DT400 as fn_schema_regex.';
