create or replace function dot.fn_event_tick() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_own      xid8 := pg_current_xact_id_if_assigned();
  v_origin   bigint := dot.fn_event_origin();
  v_last     dot.event_tick;
  v_snapshot pg_snapshot;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'DT409', message = format('events are not read in a %s transaction', current_setting('transaction_isolation')),
      hint = 'Read them in a READ COMMITTED transaction: each step must see what was committed before it.';
  end if;
  if v_own is not null and exists (select 1 from dot.event_outbox where xid = v_own and origin = v_origin) then
    raise exception using errcode = 'DT409', message = 'this transaction has emitted events, so it cannot say which events come before it',
      hint = 'Read first and emit afterwards, or read in a transaction of its own.';
  end if;
  v_last := dot.fn_event_tick_newest();
  if v_last.origin = v_origin and not exists (select 1 from dot.event_outbox where xid >= pg_snapshot_xmax(v_last.snapshot) and origin = v_origin)
    and not exists (
      select 1 from pg_snapshot_xip(v_last.snapshot) x(xid) join dot.event_outbox o on o.xid = x.xid and o.origin = v_origin)
  then
    -- Nothing has been committed that it does not know.
    return;
  end if;
  -- One at a time; but whoever holds on to it, in a long transaction, holds up this second only.
  if not pg_try_advisory_xact_lock(hashtext('dot.event_tick'), (extract(epoch from clock_timestamp())::bigint % 2147483647)::int) then
    return;
  end if;
  v_snapshot := pg_current_snapshot();
  if v_own is not null and v_own < pg_snapshot_xmax(v_snapshot) then
    -- A snapshot leaves out the transaction that takes it. What this one emits later is not behind this tick.
    v_snapshot := format('%s:%s:%s', case when v_own < pg_snapshot_xmin(v_snapshot) then v_own else pg_snapshot_xmin(v_snapshot) end, pg_snapshot_xmax(v_snapshot),
      (select string_agg(x::text, ',' order by x) from (select pg_snapshot_xip(v_snapshot) union select v_own) s(x)))::pg_snapshot;
  end if;
  if v_last.origin = v_origin then
    insert into dot.event_tick (origin, snapshot, past_origins, past_xids) values (v_origin, v_snapshot, v_last.past_origins, v_last.past_xids);
  else
    -- The first tick, or the first in this cluster: all that other clusters have emitted came with the database, and stands still.
    insert into dot.event_tick (origin, snapshot, past_origins, past_xids)
    select v_origin, v_snapshot, coalesce(array_agg(o.origin), '{}'), coalesce(array_agg(o.newest::text::xid8), '{}')
      from (select e.origin, max(e.xid::text::bigint) as newest from dot.event_outbox e where e.origin <> v_origin group by e.origin) o;
  end if;
end
$$;
comment on function dot.fn_event_tick() is
  'Makes a tick if events were committed that the newest one does not know, unless someone else is making one right now. DT409 in a transaction that is not READ COMMITTED, and in one that has emitted events itself. What the transaction emits afterwards comes after the tick.';
