create or replace function dot.fn_run_abandon(p_runs uuid[], p_older_than interval default '0 seconds') returns uuid[]
language sql volatile security definer set search_path = dot, pg_temp
as $$
  with dead as (
    -- A run within its transaction holds its row's lock, and one between its statements has a living backend: neither is touched.
    select r.run_id from dot.dot_command_run r
     where r.state = 'started'
       -- Nor is one that this very transaction has entered, whose lock is its own.
       and coalesce(r.entered_xid <> pg_current_xact_id_if_assigned(), true) and (p_runs is null or r.run_id = any (p_runs))
       and r.started_at <= clock_timestamp() - p_older_than
       and not exists (
         select 1 from pg_stat_activity a where a.pid = r.backend_pid and (a.backend_start is null or a.backend_start <= r.started_at))
     order by r.run_id
     for update skip locked
  ),
  reaped as (
    update dot.dot_command_run r
       set state = 'abandoned', finished_at = clock_timestamp(),
           error = jsonb_build_object('code', 'DT410', 'kind', 'abandoned', 'message', 'the client or the server ended before the outcome; there was no effect')
      from dead where r.run_id = dead.run_id
    returning r.run_id)
  select coalesce(array_agg(run_id order by run_id), '{}') from reaped
$$;
comment on function dot.fn_run_abandon(uuid[], interval) is
  'Marks as abandoned those of these runs (null: all) that are still started although their backend is gone, and gives their ids. A run that is going on is never touched.';
