create or replace function dot.fn_event_tick() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_own    xid8 := pg_current_xact_id_if_assigned();
  v_origin bigint := dot.fn_event_origin();
  v_last   dot.event_tick;
  v_now    dot.event_tick;
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
  if not dot.fn_lock_try('event tick', extract(epoch from clock_timestamp())::bigint::text) then
    return;
  end if;
  -- The first tick in a cluster also notes how far the clusters came whose events the database brought with it.
  v_now := dot.fn_event_tick_now();
  insert into dot.event_tick (origin, snapshot, past_origins, past_xids) values (v_now.origin, v_now.snapshot, v_now.past_origins, v_now.past_xids);
end
$$;
comment on function dot.fn_event_tick() is
  'Makes a tick if events were committed that the newest one does not know, unless someone else is making one right now. DT409 in a transaction that is not READ COMMITTED, and in one that has emitted events itself. What the transaction emits afterwards comes after the tick.';
