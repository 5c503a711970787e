create or replace function dot.fn_event_poll(
  p_since text default null, p_types text[] default '{}', p_keys text[] default '{}', p_filter text default null, p_max int default 1000)
returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_want   dot.event_subscription;
  v_from   dot.event_tick;
  v_to     dot.event_tick := dot.fn_event_tick_now();
  v_given  jsonb;
  v_after  bigint := 0;
  v_extent record;
  v_events jsonb;
begin
  if p_since is null then
    return jsonb_build_object('events', '[]'::jsonb, 'more', false,
      'since', jsonb_build_object('origin', v_to.origin::text, 'from', v_to.snapshot::text)::text);
  end if;
  begin
    v_given := p_since::jsonb;
    v_from.origin := (v_given ->> 'origin')::bigint;
    v_from.snapshot := (v_given ->> 'from')::pg_snapshot;
    v_to.snapshot := coalesce((v_given ->> 'to')::pg_snapshot, v_to.snapshot);
    v_after := coalesce((v_given ->> 'after')::bigint, 0);
  exception when others then
    v_from.snapshot := null;
  end;
  if v_from.snapshot is null or v_from.origin is null then
    raise exception using errcode = 'DT400', message = 'invalid place in the stream', hint = 'Give what the call before returned as since, or null to start now.';
  end if;
  if v_from.origin <> v_to.origin then
    raise exception using errcode = 'DT410', message = 'that place is of another cluster: the database was moved since', hint = 'Start anew with null.';
  end if;
  v_from.tick_id := 1;
  v_from.past_origins := v_to.past_origins;
  v_from.past_xids := v_to.past_xids;
  v_want.event_types := dot.fn_event_types_named(p_types);
  v_want.keys := p_keys;
  v_want.path := dot.fn_event_path(p_filter);
  v_want.path_judges := jsonb_typeof(jsonb_path_query_first('{}', v_want.path, silent => true)) in ('boolean', 'null') is true;
  v_extent := dot.fn_event_extent(v_from, v_to);
  select coalesce(jsonb_agg(jsonb_build_object('event', e.event_id, 'type', e.event_type, 'key', e.key, 'subject', e.subject, 'payload', e.payload, 'producer', e.producer,
           'trace_id', e.trace_id, 'correlation_id', e.correlation_id, 'run_id', e.run_id, 'emitted_at', e.emitted_at) order by e.event_id), '[]')
    into v_events
    from dot.fn_event_slice(v_want, v_from, v_to, v_after, v_extent.floor_event, v_extent.last_event, p_max) e;
  return jsonb_build_object('events', v_events, 'more', jsonb_array_length(v_events) = p_max, 'since', case
    when jsonb_array_length(v_events) < p_max then jsonb_build_object('origin', v_to.origin::text, 'from', v_to.snapshot::text)
    else jsonb_build_object('origin', v_to.origin::text, 'from', v_from.snapshot::text, 'to', v_to.snapshot::text, 'after', v_events -> -1 -> 'event') end::text);
end
$$;
comment on function dot.fn_event_poll(text, text[], text[], text, int) is
  'What was committed since p_since (what the call before returned as since; null: from now on), in the order of event_id, without a subscription: {events, more, since}. Every event that is committed after one call comes with exactly one later call. DT400 when p_since is no place in the stream, DT410 when it is one of another cluster.';
