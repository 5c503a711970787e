create or replace function dot.fn_event_emit(
  p_event_type text, p_payload jsonb, p_subject text default null, p_key text default null, p_schema_version text default null)
returns bigint
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  -- Before the event has its number, so that a tick which does not know the transaction knows none of its events.
  v_xid      xid8 := pg_current_xact_id();
  v_actor    record := dot.fn_actor_current();
  v_type     record;
  v_rejected jsonb;
  v_event    bigint;
begin
  select r.schema_version, r.producer_class_allowed, r.validator, o.system_identifier as origin, c.value = 'true' as notify into v_type
    from dot.event_type_registry r
   cross join pg_control_system() o
    left join dot.dot_config c on c.config_key = 'event.notify.enabled'
   where r.event_type = p_event_type and (p_schema_version is null or r.schema_version = p_schema_version) and r.status <> 'archived'
   order by r.status, string_to_array(r.schema_version, '.')::int[] desc limit 1;
  if (v_actor.actor_kind = any (v_type.producer_class_allowed) and dot_compiled.payload_valid(v_type.validator, p_payload)) is not true then
    -- What the compiled schema does not let through is judged the long way.
    v_rejected := dot.fn_event_judge(p_event_type, p_payload, p_schema_version, v_actor.actor_kind);
    if v_rejected is not null then
      perform dot.fn_event_raise(v_rejected);
    end if;
  end if;
  insert into dot.event_outbox (
    event_type, schema_version, key, subject, payload, xid, origin, producer_class, producer, run_id, trace_id, span_id, correlation_id)
  values (
    p_event_type, v_type.schema_version, p_key, p_subject, p_payload, v_xid, v_type.origin, v_actor.actor_kind, v_actor.actor_id,
    nullif(current_setting('dot.run_id', true), '')::uuid, nullif(current_setting('dot.trace_id', true), ''),
    nullif(current_setting('dot.span_id', true), ''), nullif(current_setting('dot.correlation_id', true), ''))
  returning event_id into v_event;
  if v_type.notify then
    perform pg_notify('dot_event', '');
  end if;
  return v_event;
end
$$;
comment on function dot.fn_event_emit(text, jsonb, text, text, text) is
  'The one way into the outbox, with fn_event_emit_many: writes an event in the transaction of what it tells, with the run and trace of the envelope. p_event_type: a registered type <domain>.<noun>.<verb>; p_schema_version: one version of it, by default the newest active one; p_payload must be valid under its schema. p_key: events of one key are read in the order in which they were emitted, wherever one was committed before the next. p_subject: what it is about. Returns the event''s number. DT422 when it is rejected: unknown or archived type, producer not allowed, payload invalid.';
