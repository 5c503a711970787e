create or replace function dot.fn_event_reject(p_event_type text, p_payload jsonb, p_refusal jsonb, p_producer text default null, p_run uuid default null) returns bigint
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.event_validation_audit (event_type, schema_version, reason, producer, payload, payload_digest, errors, rejected_at, run_id, trace_id, correlation_id)
  select p_event_type, p_refusal ->> 'schema_version', p_refusal ->> 'reason', coalesce(p_producer, (dot.fn_actor_current()).actor_id),
         case when octet_length(p_payload::text) <= dot.fn_config_int('event.audit.max_bytes') then p_payload end,
         encode(sha256(convert_to(coalesce(p_payload::text, ''), 'UTF8')), 'hex'), coalesce(p_refusal -> 'errors', '[]'), dot.fn_clock_now(),
         coalesce(p_run, dot.fn_run_current()), nullif(current_setting('dot.trace_id', true), ''), nullif(current_setting('dot.correlation_id', true), '')
  returning audit_id
$$;
comment on function dot.fn_event_reject(text, jsonb, jsonb, text, uuid) is
  'Keeps an emit that was refused in event_validation_audit: p_refusal is what fn_event_schema_validate gave, or {reason, schema_version, errors} of the emit''s own. p_producer is the actor by default. Returns the audit id.';
