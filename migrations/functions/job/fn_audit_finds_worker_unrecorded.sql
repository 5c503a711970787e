create or replace function dot.fn_audit_finds_worker_unrecorded()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'worker_unrecorded', h.worker_id::text, h.run_id, format('login %s, started %s: no run of this login started it', h.login, h.started_at)
    from dot.queue_heartbeat h
   where not exists (
     select 1 from dot.dot_command_run r
      where r.run_id = h.run_id and r.login = h.login and r.command_code = any ((select dot.fn_command_with('start_worker'))::text[]))
     -- One from before runs were kept with workers has a run of its login at its time.
     and (h.run_id is not null or not exists (
       select 1 from dot.dot_command_run r
        where r.login = h.login and r.command_code = any ((select dot.fn_command_with('start_worker'))::text[])
          and r.started_at between h.started_at - interval '5 minutes' and h.started_at + interval '5 minutes'))
$$;
comment on function dot.fn_audit_finds_worker_unrecorded() is
  'For fn_audit_objects: worker_unrecorded, workers that no recorded run of their login has started.';
