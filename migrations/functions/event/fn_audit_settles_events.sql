create or replace function dot.fn_audit_settles_events() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  -- As many as are read in about a second; the next seal goes on.
  c_most   constant int := 200000;
  v_origin constant bigint := dot.fn_event_origin();
  v_from   xid8 := coalesce((select max(s.to_xid::text::numeric)::text::xid8 from dot.event_outbox_settled s where s.origin = v_origin), '0');
  -- Whoever has a lower number has ended, and whoever begins later gets a higher one.
  v_to     xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_some   record;
  v_events bigint;
begin
  -- What a transaction of one snapshot does not see may be committed.
  if current_setting('transaction_isolation') <> 'read committed' or v_to <= v_from then
    return jsonb_build_object();
  end if;
  select min(o.xid::text::numeric) as first, max(o.xid::text::numeric) as last, count(*) as n into v_some
    from (select o.xid from dot.event_outbox o where o.origin = v_origin and o.xid >= v_from and o.xid < v_to order by o.xid limit c_most + 1) o;
  if v_some.n > c_most then
    -- Up to the last transaction that is in it whole, or all of the first, however large.
    v_to := greatest(v_some.last, v_some.first + 1)::text::xid8;
  end if;
  -- What a dump or a copy brought from another cluster is settled once, before the first of this one: nothing of it can follow.
  if v_from = '0' then
    insert into dot.event_outbox_settled (origin, from_xid, to_xid, day, events, digest, run_id, settled_at)
    select f.origin, f.from_xid, f.to_xid, d.day, d.events, d.digest, dot.fn_run_current(), clock_timestamp()
      from (select o.origin, coalesce((select max(s.to_xid::text::numeric)::text::xid8 from dot.event_outbox_settled s where s.origin = o.origin), '0') as from_xid,
                   (max(o.xid::text::numeric) + 1)::text::xid8 as to_xid
              from dot.event_outbox o where o.origin <> v_origin group by o.origin) f
     cross join lateral dot.fn_event_digest(f.origin, f.from_xid, f.to_xid) d
     where f.to_xid > f.from_xid;
  end if;
  insert into dot.event_outbox_settled (origin, from_xid, to_xid, day, events, digest, run_id, settled_at)
  select v_origin, v_from, v_to, d.day, d.events, d.digest, dot.fn_run_current(), clock_timestamp()
    from dot.fn_event_digest(v_origin, v_from, v_to) d;
  select sum(s.events) into v_events from dot.event_outbox_settled s where s.origin = v_origin and s.from_xid = v_from and s.to_xid = v_to;
  return jsonb_strip_nulls(jsonb_build_object('events', v_events, 'up_to_xid', case when v_events > 0 then v_to::text end));
end
$$;
comment on function dot.fn_audit_settles_events() is
  'For fn_audit_seal: settles the events that nobody can still commit, at most about 200,000 at once, in event_outbox_settled. Returns {events, up_to_xid}, nothing where there are none. Before the first of a cluster, those of the clusters that the database came from. Waits for nobody: events behind a transaction that is still open are settled later.';
