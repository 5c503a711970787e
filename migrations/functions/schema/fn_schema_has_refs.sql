create or replace function dot.fn_schema_has_refs(p_schema jsonb) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select p_schema::text ~ '"\$(ref|dynamicRef|id)"'
$$;
comment on function dot.fn_schema_has_refs(jsonb) is
  'Whether what a schema means may depend on where it stands. True is always safe: a property of such a name counts too.';
