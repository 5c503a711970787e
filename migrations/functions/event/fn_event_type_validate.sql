create or replace function dot.fn_event_type_validate(p_entry jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(
    -- A name that stands for another type would change what everyone who uses it means.
    (select format('its name %s is an alias of another event type', p_entry ->> 'event_type')
      where exists (select 1 from dot.event_type_registry t where t.aliases @> array[p_entry ->> 'event_type'] and t.event_type <> p_entry ->> 'event_type')),
    (select min(case
       when a.alias !~ '^[a-z0-9_]+([./][a-z0-9_]+)*$' then format('%L is no alias: lower-case words joined by . or /', a.alias)
       when exists (select 1 from dot.event_type_registry t where t.event_type = a.alias) then format('its alias %s is an event type', a.alias)
       when exists (select 1 from dot.event_type_registry t where t.aliases @> array[a.alias] and t.event_type <> p_entry ->> 'event_type')
         then format('its alias %s is another event type''s', a.alias) end)
       from jsonb_array_elements_text(coalesce(nullif(p_entry -> 'aliases', 'null'), '[]')) a(alias)))
$$;
comment on function dot.fn_event_type_validate(jsonb) is
  'What is wrong with an entry of event_type_registry, beyond what its table checks, or null: an alias stands for one event type, and is none itself, whichever came first.';
