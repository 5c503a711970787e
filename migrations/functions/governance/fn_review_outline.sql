create or replace function dot.fn_review_outline(p_operation jsonb) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select p_operation - 'units' - 'version' - 'digest'
    || jsonb_build_object('units', coalesce((select jsonb_agg(u - 'version' - 'digest') from jsonb_array_elements(p_operation -> 'units') u), '[]'))
$$;
comment on function dot.fn_review_outline(jsonb) is 'An operation without the versions it was prepared on: what it is about.';
