do $$
begin
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, finished_at)
  select i::uuid, 'gate list', 'run', 'succeeded', '{}', '', 'x', 'human', false, now()
    from unnest(array['abcd0000-0000-7000-8000-000000000001', 'abcd0000-0000-7000-8000-000000000002', '12340000-0000-7000-8000-000000000001']) i;
  perform test.equal((select string_agg(command, ', ' order by command) from dot.fn_whatis('ABCD')),
    'dot run show abcd0000-0000-7000-8000-000000000001, dot run show abcd0000-0000-7000-8000-000000000002', 'all that it may be');
  perform test.equal((select command from dot.fn_whatis('1234') where command is not null), 'dot run show 12340000-0000-7000-8000-000000000001');
  perform test.raises('DT404', $q$select dot.fn_whatis('abc')$q$);
  perform test.raises('DT404', $q$select dot.fn_whatis('ffff')$q$);
end
$$;
