create or replace function dot.fn_event_emit(p_event_type text, p_payload jsonb, p_subject text default null) returns bigint
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.event_outbox (event_type, subject, payload, run_id, trace_id, correlation_id)
  values (p_event_type, p_subject, p_payload, nullif(current_setting('dot.run_id', true), '')::uuid,
          nullif(current_setting('dot.trace_id', true), ''), nullif(current_setting('dot.correlation_id', true), ''))
  returning event_id
$$;
comment on function dot.fn_event_emit(text, jsonb, text) is
  'The one way into the outbox: writes an event in the transaction of what it tells, with the run and trace of the envelope. p_event_type: <domain>.<noun>.<verb>. Returns the event id.';
