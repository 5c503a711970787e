create or replace function dot.fn_job_event_refused(p_kind text, p_payload jsonb, p_at timestamptz) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_id    constant bigint := case when p_payload ->> 'event' ~ '^[0-9]{1,18}$' then (p_payload ->> 'event')::bigint end;
  v_event jsonb;
begin
  -- What an event becomes is for whoever bound the subscription. It was bound so until the run that changed it was committed. The
  -- first that is kept of it may be younger than the binding.
  if not exists (
    select 1 from dot.dot_row_history h
      left join lateral (select n.change_id, n.run_id, n.changed_at from dot.dot_row_history n where n.relation = h.relation and n.row_key = h.row_key and n.change_id > h.change_id order by n.change_id limit 1) n on true
      left join dot.dot_command_run r on r.run_id = n.run_id
     where h.relation = 'job_subscription'
       -- What no run did is evidence of nothing.
       and exists (select 1 from dot.dot_command_run o where o.run_id = h.run_id and o.state = 'succeeded')
       and h.image ->> 'job_kind' = p_kind and h.image -> 'wanted_by' = p_payload -> '$for' and h.image ->> 'status' = 'active'
       -- When a job that died was asked for is not known.
       and (p_at is null or p_at >= case when exists (select 1 from dot.dot_row_history o where o.relation = h.relation and o.row_key = h.row_key and o.change_id < h.change_id)
             then h.changed_at else least(h.changed_at, (h.image ->> 'created_at')::timestamptz) end
         and (n.change_id is null or p_at < greatest(n.changed_at, r.finished_at) + interval '1 minute')))
  then
    return 'no subscription asked for it then';
  end if;
  select jsonb_build_object('event', e.event_id, 'type', e.event_type, 'key', e.key, 'subject', e.subject, 'payload', e.payload) into v_event
    from dot.event_outbox e where e.event_id = v_id;
  if found then
    return case when v_event is distinct from p_payload - '$for' then format('it is not what event %s was', v_id) end;
  end if;
  -- Of an event that was dropped since, with all of its day, nothing is known. It was none where its number was never given, or where
  -- one before it, of a later day than the oldest, is still there.
  return case when v_id is null
      or v_id > coalesce(pg_sequence_last_value(pg_get_serial_sequence('dot.event_outbox', 'event_id')::regclass), 0)
      or exists (select 1 from dot.event_outbox e where e.event_id < v_id and e.emitted_at > (select min(o.emitted_at) from dot.event_outbox o) + interval '1 day')
    then format('there is no event %s', coalesce(p_payload ->> 'event', 'of no number')) end;
end
$$;
comment on function dot.fn_job_event_refused(text, jsonb, timestamptz) is
  'Why a job that runs a command is not what a subscription makes of an event; null where it is, or where its event is so old that it may have been dropped. p_kind, p_payload ({event, type, key, subject, payload, $for}): the job; p_at: when it was enqueued, null where that is not known. The subscription was bound to that kind, for that person, and active then; the event is what the outbox holds.';
