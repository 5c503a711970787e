create or replace function dot.fn_event_digest(p_origin bigint, p_from xid8, p_to xid8, p_day date default null)
returns table (day date, events bigint, digest bytea)
language sql stable security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1 set work_mem = '64MB'
as $$
  select o.emitted_at::date, count(*),
         sha256(string_agg(sha256(convert_to(jsonb_build_array(
           o.event_id, o.event_type, o.schema_version, o.key, o.subject, o.payload, o.xid::text, o.origin, o.producer_class, o.producer,
           o.run_id, o.trace_id, o.span_id, o.correlation_id, o.emitted_at)::text, 'UTF8')), ''::bytea order by o.xid, o.event_id))
    from dot.event_outbox o
   where o.origin = p_origin and o.xid >= p_from and o.xid < p_to
     -- A day is a partition.
     and o.emitted_at >= coalesce(p_day, '-infinity') and o.emitted_at < coalesce(p_day + 1, 'infinity')
   group by 1
$$;
comment on function dot.fn_event_digest(bigint, xid8, xid8, date) is
  'Of the events whose transactions are p_from up to, not including, p_to, as numbered by cluster p_origin, on p_day (UTC) or each day: {day, events, digest: the sha-256 of the sha-256 of each event, in the order of xid and event_id}. The text of an event is the JSON array of its columns in the order of the table; times in UTC.';
