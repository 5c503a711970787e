create or replace function dot.fn_event_prefixes(p_types text[]) returns text[]
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select coalesce(array_agg(replace(replace(replace(left(t, -1), '\', '\\'), '_', '\_'), '%', '\%') || '%'), '{}') from unnest(p_types) t where t like '%.*'
$$;
comment on function dot.fn_event_prefixes(text[]) is 'The prefixes (iu.*) among event types, as patterns for like.';
