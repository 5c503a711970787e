create or replace function dot.fn_run_stuck() returns table (run_id uuid, started_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.run_id, r.started_at from dot.dot_command_run r where r.state = 'started' and r.started_at < clock_timestamp() - interval '1 hour'
  union
  -- A pooler may give a run another backend between two of its statements, for a moment.
  select o.run_id, o.started_at from dot.fn_run_orphans() o where o.started_at < clock_timestamp() - interval '1 minute'
$$;
comment on function dot.fn_run_stuck() is
  'The runs that somebody should look at: begun over an hour ago and not ended, or over a minute ago by a session that is gone.';
