create or replace function dot.fn_event_type_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('event_type', split_part(p_key, '@', 1), 'schema_version', split_part(p_key, '@', 2), 'domain_code', split_part(p_key, '.', 1),
    'schema_jsonb', m.schema, 'fingerprint', encode(sha256(convert_to(m.schema::text, 'UTF8')), 'hex'))
    from (select dot.fn_schema_modern(p_entry -> 'schema_jsonb') as schema) m
$$;
comment on function dot.fn_event_type_derive(text, jsonb, jsonb) is
  'What the name <type>@<version> of a file of catalog/event_types says, its schema in Draft 2020-12, and the fingerprint of that. For the registry event-types.';
