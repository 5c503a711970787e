create or replace function dot.fn_event_types_named(p_types text[]) returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(coalesce((
           select t.event_type from dot.event_type_registry t
            where t.aliases @> array[n.name]
              and not exists (
                select 1 from dot.event_type_registry l
                 where l.event_type = t.event_type and string_to_array(l.schema_version, '.')::int[] > string_to_array(t.schema_version, '.')::int[])
              and not exists (select 1 from dot.event_type_registry o where o.event_type = n.name)
            order by string_to_array(t.schema_version, '.')::int[] desc limit 1), n.name) order by n.place), '{}')
    from unnest(p_types) with ordinality n(name, place)
$$;
comment on function dot.fn_event_types_named(text[]) is
  'Names of event types in place of their aliases; names, prefixes (iu.*) and what is neither stay as they are.';
