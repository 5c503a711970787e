create or replace function dot.fn_event_emit_many(
  p_event_types text[], p_payloads jsonb[], p_subjects text[] default null, p_keys text[] default null, p_schema_version text default null)
returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  -- Before the events have their numbers; see fn_event_emit.
  v_xid      xid8 := pg_current_xact_id();
  v_actor    record := dot.fn_actor_current();
  v_type     record;
  v_one      boolean := cardinality(p_event_types) = 1;
  v_bad      int;
  v_rejected jsonb;
  v_versions jsonb := '{}'::jsonb;
  v_events   bigint[];
begin
  perform dot.fn_actor_able();
  if not v_one and cardinality(p_event_types) <> cardinality(p_payloads)
    or cardinality(p_subjects) <> cardinality(p_payloads) or cardinality(p_keys) <> cardinality(p_payloads)
  then
    raise exception using errcode = 'DT400', message = 'the arrays must have the same length', hint = 'One type for all events, or one for each; subjects and keys are null or one for each.';
  end if;
  for v_type in
    select t.event_type, r.schema_version, r.producer_class_allowed, case r.status when 'active' then r.validator end as validator
      from (select distinct u.event_type from unnest(p_event_types) u(event_type)) t
      left join lateral (
        select * from dot.event_type_registry r
         where r.event_type = t.event_type and (p_schema_version is null or r.schema_version = p_schema_version) and r.status <> 'archived'
         order by r.status, string_to_array(r.schema_version, '.')::int[] desc limit 1) r on true
  loop
    v_versions := v_versions || jsonb_build_object(coalesce(v_type.event_type, ''), v_type.schema_version);
    if v_actor.actor_kind = any (v_type.producer_class_allowed) and v_type.validator is not null then
      -- A compiled schema is part of the query that looks for the first payload that it does not let through.
      execute format('select n from unnest($1, $2) with ordinality p(event_type, payload, n) where %s (%s(p.payload)) is not true order by n limit 1',
          case when v_one then '' else 'p.event_type = $3 and ' end, v_type.validator)
        into v_bad using case when v_one then '{}'::text[] else p_event_types end, p_payloads, v_type.event_type;
      continue when v_bad is null;
    end if;
    select j.r into v_rejected
      from unnest(p_payloads) with ordinality p(payload, n)
     cross join lateral (select dot.fn_event_judge(v_type.event_type, p.payload, p_schema_version, v_actor.actor_kind) || jsonb_build_object('position', p.n) as r offset 0) j
     where (v_one or p_event_types[p.n] is not distinct from v_type.event_type) and p.n >= coalesce(v_bad, 1) and j.r is not null
     order by p.n limit 1;
    if v_rejected is not null then
      perform dot.fn_event_raise(v_rejected || jsonb_build_object('message', format('event %s of %s: %s', v_rejected ->> 'position', cardinality(p_payloads), v_rejected ->> 'message')));
    end if;
  end loop;
  with written as (
    insert into dot.event_outbox (
      event_type, schema_version, key, subject, payload, xid, origin, producer_class, producer, run_id, trace_id, span_id, correlation_id)
    select case when v_one then p_event_types[1] else p.event_type end, v_versions ->> case when v_one then p_event_types[1] else p.event_type end,
           p.key, p.subject, p.payload, v_xid, e.origin, v_actor.actor_kind, v_actor.actor_id, e.run_id, e.trace_id, e.span_id, e.correlation_id
      from unnest(case when v_one then '{}' else p_event_types end, p_payloads, p_keys, p_subjects) with ordinality p(event_type, payload, key, subject, n)
     cross join (
        select dot.fn_event_origin() as origin, case when current_setting('dot.run_id', true) <> '' then dot.fn_run_current() end as run_id, nullif(current_setting('dot.trace_id', true), '') as trace_id,
               nullif(current_setting('dot.span_id', true), '') as span_id, nullif(current_setting('dot.correlation_id', true), '') as correlation_id offset 0) e
     order by p.n
    returning event_id)
  select array_agg(event_id order by event_id) into v_events from written;
  if v_events is not null and dot_compiled.emit_notifies() then
    perform pg_notify('dot_event', '');
  end if;
  return coalesce(v_events, '{}');
end
$$;
comment on function dot.fn_event_emit_many(text[], jsonb[], text[], text[], text) is
  'fn_event_emit for many at once: one type for all or one for each, payloads, and subjects and keys (null or one for each). All are emitted, in their order, or none: DT422 names the first that is rejected. Returns their numbers in their order.';
