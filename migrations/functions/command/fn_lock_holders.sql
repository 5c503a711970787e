create or replace function dot.fn_lock_holders() returns table (lock_kind text, pid int, gid text, login text, since timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Whoever locks such a row has written its transaction there.
  with held as materialized (
    select l.lock_kind, p.pid, x.gid::text as gid, coalesce(a.usename, x.owner)::text as login, l.xmax::text::bigint as number, x.prepared
      from dot.dot_lock l
      left join pg_locks p on p.locktype = 'transactionid' and p.transactionid = l.xmax and p.mode = 'ExclusiveLock' and p.granted and p.pid is not null
      left join pg_stat_activity a on a.pid = p.pid
      left join pg_prepared_xacts x on x.transaction = l.xmax and x.database = current_database()
     where l.xmax <> '0' and (p.pid is not null or x.gid is not null)
  ),
  -- How old its transaction is nobody is told of other logins, but there are others, in their order, that wrote down when they were.
  moment as (
    select (pg_snapshot_xmax(t.snapshot)::text::numeric % 4294967296)::bigint as number, t.ticked_at as at
      from dot.event_tick t where t.ticked_at > clock_timestamp() - interval '1 day' and exists (select 1 from held)
    union all
    select r.xmin::text::bigint, coalesce(r.finished_at, r.started_at)
      from dot.dot_command_run r where r.started_at > clock_timestamp() - interval '1 day' and exists (select 1 from held)
    union all
    select w.xmin::text::bigint, w.seen_at from dot.queue_heartbeat w where exists (select 1 from held)
  )
  select h.lock_kind, h.pid, h.gid, h.login,
         -- The first that came after it; where nothing did, the last before, for it may be as old as that.
         coalesce(h.prepared, (select min(m.at) from moment m where m.number > h.number), (select max(m.at) from moment m where m.number <= h.number), pg_postmaster_start_time())
    from held h
$$;
comment on function dot.fn_lock_holders() is
  'Who is at what dot_lock names at the moment: the kind of lock, the session (pid) or the prepared transaction (gid), its login, and since when: since the first tick, run or sign of a worker that came after its transaction, at least; where none has, since the last before it, at most. since is never null.';
