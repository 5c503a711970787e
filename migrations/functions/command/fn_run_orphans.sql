create or replace function dot.fn_run_orphans() returns table (run_id uuid, started_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.run_id, r.started_at from dot.dot_command_run r
   where r.state = 'started'
     and not exists (select 1 from pg_stat_activity a where a.pid = r.backend_pid and (a.backend_start is null or a.backend_start <= r.started_at))
$$;
comment on function dot.fn_run_orphans() is 'The runs that are still started although their backend is gone, and since when.';
