select 'every event type has a domain and a fingerprint' as name,
       not exists (select 1 from dot.event_type_registry t where t.fingerprint <> encode(sha256(convert_to(t.schema_jsonb::text, 'UTF8')), 'hex')) as ok;
