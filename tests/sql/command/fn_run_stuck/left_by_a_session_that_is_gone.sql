do $$
declare
  -- No backend has these numbers.
  v_gone constant int := 2147483600;
begin
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, started_at, backend_pid)
  select dot.fn_uuid_v7(), 'gate set', 'run', 'started', '{}', '', x.actor, 'human', false, clock_timestamp() - x.age, x.pid
    from (values ('new', interval '10 seconds', v_gone), ('gone', interval '2 minutes', v_gone), ('going on', interval '2 minutes', pg_backend_pid()),
                 ('long', interval '2 hours', pg_backend_pid())) x(actor, age, pid);
  perform test.equal((select string_agg(r.actor, ', ' order by r.actor) from dot.fn_run_stuck() s join dot.dot_command_run r using (run_id)), 'gone, long');
  perform test.equal((select state from dot.fn_health_checks() where item = 'runs without an end'), 'yellow');
  perform test.equal((select (count, cure)::text from dot.fn_problems_surface() where signal = 'stuck_runs'), '(2,"dot run reap --yes")');
end
$$;
