create or replace function dot.fn_event_show(p_event bigint) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
begin
  select jsonb_build_object('event', o.event_id, 'type', o.event_type, 'schema_version', o.schema_version, 'key', o.key, 'subject', o.subject, 'payload', o.payload,
           'producer', o.producer, 'producer_class', o.producer_class, 'run_id', o.run_id, 'trace_id', o.trace_id, 'span_id', o.span_id,
           'correlation_id', o.correlation_id, 'emitted_at', o.emitted_at, 'xid', o.xid::text, 'deliveries', (
             select coalesce(jsonb_agg(jsonb_build_object('consumer', d.consumer_code, 'state', d.state, 'attempts', d.attempts, 'error', d.error, 'at', d.updated_at) order by d.consumer_code), '[]')
               from dot.consumer_delivery d where d.event_id = o.event_id))
    into v_result
    from dot.event_outbox o where o.event_id = p_event;
  if v_result is null then
    raise exception using errcode = 'DT404', message = format('there is no event %s', p_event),
      hint = 'It may have been dropped with its day (setting event.retention_days), or rolled back. dot event list';
  end if;
  return v_result;
end
$$;
comment on function dot.fn_event_show(bigint) is 'An event with who emitted it, in which run and trace, and what became of it at each consumer. DT404 when there is none.';
