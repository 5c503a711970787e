create or replace function dot.fn_lock_holders() returns table (lock_kind text, pid int, gid text, login text, since timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Whoever locks such a row has written its transaction there. How old that is nobody is told of other logins; it is older than
  -- the first moment in the order of commits that came after it.
  select l.lock_kind, p.pid, x.gid::text, coalesce(a.usename, x.owner)::text,
         (select min(t.ticked_at) from dot.event_tick t where pg_snapshot_xmax(t.snapshot)::text::numeric % 4294967296 > l.xmax::text::bigint and t.ticked_at > clock_timestamp() - interval '1 day')
    from dot.dot_lock l
    left join pg_locks p on p.locktype = 'transactionid' and p.transactionid = l.xmax and p.mode = 'ExclusiveLock' and p.granted and p.pid is not null
    left join pg_stat_activity a on a.pid = p.pid
    left join pg_prepared_xacts x on x.transaction = l.xmax and x.database = current_database()
   where l.xmax <> '0' and (p.pid is not null or x.gid is not null)
$$;
comment on function dot.fn_lock_holders() is
  'Who is at what dot_lock names at the moment: the kind of lock, the session (pid) or the prepared transaction (gid), its login, and since when at least, as far as ticks of the event stream tell; null where they do not.';
