create or replace function dot.fn_registry_entry_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('registry', p_payload -> 'registry', 'key', p_payload -> 'key',
    'from', dot.fn_registry_entry_now(p_payload ->> 'registry', p_payload ->> 'key'), 'to', p_payload -> 'entry')
$$;
comment on function dot.fn_registry_entry_preview(jsonb) is 'An entry as it is and as it would be: {registry, key, from, to}.';
