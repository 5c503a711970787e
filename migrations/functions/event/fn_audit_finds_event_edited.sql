create or replace function dot.fn_audit_finds_event_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD'
as $$
  -- Through numbers: there are no min and max of transaction numbers before PostgreSQL 15.
  with settled as materialized (
    select s.*, lag(s.to_xid) over w as former
      from dot.event_outbox_settled s window w as (partition by s.origin order by s.to_xid, s.day)
  ),
  -- The shortest time for which events were to be kept, at any time since the day.
  retained as (
    select d.day,
           (select min(nullif(r.days, 0)) from (
              select dot.fn_config_int('event.retention_days') as days
              union all select (v.value #>> '{}')::bigint from dot.dot_config_history h cross join lateral (values (h.old_value), (h.new_value)) v(value)
               where h.config_key = 'event.retention_days' and h.changed_at > d.day and jsonb_typeof(v.value) = 'number') r) as days
      from (select distinct s.day from settled s) d
  ),
  there as (
    select s.day, exists (select 1 from dot.event_outbox o where o.emitted_at >= s.day and o.emitted_at < s.day + 1)
             or not coalesce(s.day + 1 < clock_timestamp() - make_interval(days => s.days::int), false) as is_there
      from retained s
  )
  select 'event_edited', format('events of %s, transactions %s to %s', s.day, s.from_xid, s.to_xid), s.run_id,
         case when d.events is null then format('all %s are gone', s.events)
              when d.events <> s.events then format('there are %s, and %s were sealed', d.events, s.events)
              else 'one of them at least is not what was sealed' end
    from settled s
    join there t on t.day = s.day and t.is_there
    left join lateral dot.fn_event_digest(s.origin, s.from_xid, s.to_xid, s.day) d on true
   where d.digest is distinct from s.digest
  union all
  -- Each range may be as it was, and a day have more than they hold.
  select 'event_edited', 'events of ' || n.day, null, format('there are %s, and %s were sealed', n.events, coalesce(n.sealed, 0))
    from (select c.day, c.events, (select sum(s.events) from settled s where s.day = c.day) as sealed
            from (select o.emitted_at::date as day, count(*) as events
                    from (select s.origin, min(s.from_xid::text::numeric)::text::xid8 as from_xid, max(s.to_xid::text::numeric)::text::xid8 as to_xid from settled s group by s.origin) r
                    join dot.event_outbox o on o.origin = r.origin and o.xid >= r.from_xid and o.xid < r.to_xid
                   group by 1) c) n
   where n.events > coalesce(n.sealed, 0)
  union all
  -- Where this cluster has begun to settle its own, no other has any that is not settled; and none is of a transaction yet to come.
  select 'event_edited', 'event ' || o.event_id, null, 'it says that it came with another database, or of a transaction that has not begun'
    from (select (max(s.to_xid::text::numeric) filter (where s.origin = dot.fn_event_origin()))::text::xid8 as to_xid from settled s) own
    join dot.event_outbox o on own.to_xid is not null
      and (o.origin <> dot.fn_event_origin() and o.xid >= coalesce((select max(s.to_xid::text::numeric)::text::xid8 from settled s where s.origin = o.origin), '0')
        or o.origin = dot.fn_event_origin() and o.xid >= own.to_xid and o.xid >= pg_snapshot_xmax(pg_current_snapshot()))
  union all
  -- One that is not sealed could be taken away and nobody would know.
  select 'event_unsealed', u.n || ' events', null, format('the oldest is of %s, and a transaction that began before it is still open, or nothing is sealed', u.oldest)
    from (select count(*) as n, min(o.emitted_at) as oldest
            from (select max(s.to_xid::text::numeric)::text::xid8 as to_xid from settled s where s.origin = dot.fn_event_origin()) own
            join dot.event_outbox o on own.to_xid is not null and o.origin = dot.fn_event_origin() and o.xid >= own.to_xid
             and o.emitted_at < dot.fn_clock_now() - make_interval(mins => dot.fn_config_int('audit.seal_within_minutes')::int)) u
   where u.n > 0
  union all
  select 'event_edited', format('transactions from %s', s.from_xid), s.run_id, 'what was sealed of the outbox does not go on where it ended'
    from settled s where coalesce(s.former, '0') not in (s.from_xid, s.to_xid)
$$;
comment on function dot.fn_audit_finds_event_edited() is
  'For fn_audit_objects: event_edited, days of the outbox of which an event was changed, put in or taken away since it was sealed (event_outbox_settled). Days that are gone because of setting event.retention_days are none. event_unsealed: events older than setting audit.seal_within_minutes that are not sealed, though others are.';
