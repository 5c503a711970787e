create or replace function dot.fn_event_emit(
  p_event_type text, p_payload jsonb, p_subject text default null, p_key text default null, p_schema_version text default null)
returns bigint
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  -- Before the event has its number, so that a tick which does not know the transaction knows none of its events.
  v_xid      xid8 := pg_current_xact_id();
  v_class    text;
  v_actor    text;
  v_version  text;
  v_rejected jsonb;
  v_event    bigint;
  v_origin   bigint;
begin
  perform dot.fn_actor_able();
  -- As fn_actor_current, whose call would cost more than the rest: a login that is known, or the claim on the local cluster.
  select o.system_identifier, a.actor_id, a.actor_kind into v_origin, v_actor, v_class
    from pg_control_system() o left join dot.dot_actor a on a.login_name = session_user and a.status = 'active';
  if current_setting('dot.for_job', true) <> '' or current_setting('dot.session_token', true) <> ''
    or v_actor is null and not (current_setting('cluster_name') = 'dot' and current_setting('listen_addresses') = '' and current_setting('is_superuser') = 'on')
  then
    select c.actor_id, c.actor_kind into v_actor, v_class from dot.fn_actor_current() c;
  elsif v_actor is null then
    v_actor := coalesce(nullif(current_setting('dot.actor', true), ''), session_user);
    v_class := coalesce(nullif(current_setting('dot.actor_kind', true), ''), 'service');
  end if;
  if p_schema_version is null then
    v_version := dot_compiled.emit_version(p_event_type, v_class, p_payload);
  end if;
  if v_version is null then
    -- What the compiled schema does not let through is judged the long way.
    v_rejected := dot.fn_event_judge(p_event_type, p_payload, p_schema_version, v_class);
    if v_rejected is not null then
      perform dot.fn_event_raise(v_rejected);
    end if;
    select t.schema_version into v_version from dot.fn_event_type_current(p_event_type, p_schema_version) t;
  end if;
  insert into dot.event_outbox (
    event_type, schema_version, key, subject, payload, xid, origin, producer_class, producer, run_id, trace_id, span_id, correlation_id)
  values (
    p_event_type, v_version, p_key, p_subject, p_payload, v_xid, v_origin, v_class, v_actor,
    case when current_setting('dot.run_id', true) <> '' then dot.fn_run_current() end, nullif(current_setting('dot.trace_id', true), ''),
    nullif(current_setting('dot.span_id', true), ''), nullif(current_setting('dot.correlation_id', true), ''))
  returning event_id into v_event;
  if dot_compiled.emit_notifies() then
    perform pg_notify('dot_event', '');
  end if;
  return v_event;
end
$$;
comment on function dot.fn_event_emit(text, jsonb, text, text, text) is
  'The one way into the outbox, with fn_event_emit_many: writes an event in the transaction of what it tells, with the run and trace of the envelope. p_event_type: a registered type <domain>.<noun>.<verb>; p_schema_version: one version of it, by default the newest active one; p_payload must be valid under its schema. p_key: events of one key are read in the order in which they were emitted, wherever one was committed before the next. p_subject: what it is about. Returns the event''s number. DT422 when it is rejected: unknown or archived type, producer not allowed, payload invalid.';
