do $$
begin
  perform test.equal((select count(*) from dot.fn_run_orphans()), 0::bigint);
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, started_at, backend_pid)
  values (dot.fn_uuid_v7(), 'gate set', 'run', 'started', '{}', '', 'x', 'human', false, clock_timestamp(), 2147483600);
  perform test.equal((select array_agg(run_id::text) from dot.fn_run_orphans()), (select array_agg(value) from jsonb_array_elements_text(dot.fn_run_check() -> 'orphans')));
  assert dot.fn_run_check() @> '{"ok": false, "cure": "dot run reap --yes"}';
end
$$;
