create or replace function dot.fn_event_type_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('event_type', split_part(p_key, '@', 1), 'schema_version', split_part(p_key, '@', 2), 'domain_code', split_part(p_key, '.', 1),
    'fingerprint', encode(sha256(convert_to((p_entry -> 'schema_jsonb')::text, 'UTF8')), 'hex'))
$$;
comment on function dot.fn_event_type_derive(text, jsonb, jsonb) is
  'What the name <type>@<version> of a file of catalog/event_types says, and the fingerprint of its schema. For the registry event-types.';
