-- Runs of commands with the duty, that succeeded; none that read, failed, or are of other commands.
do $$
begin
  perform test.equal((select count(*) from dot.fn_command_runs_with('no_such_duty')), 0::bigint);
  insert into dot.dot_command_run (run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, finished_at, reason)
  select dot.fn_uuid_v7(), r.code, r.mode, r.state, 'low', '{}', 'none', 'test', 'human', false, clock_timestamp(), r.name
    from (values ('gate set', 'run', 'succeeded', 'one'), ('proposal approve', 'sql', 'succeeded', 'other duty'), ('gate set', 'sql', 'succeeded', 'two'),
                 ('gate set', 'run', 'failed', 'failed'), ('gate set', 'read', 'succeeded', 'read'), ('gate list', 'run', 'succeeded', 'no duty')) r(code, mode, state, name);
  perform test.equal((select array_agg(r.reason order by r.reason) from dot.fn_command_runs_with('set_setting') r where r.actor = 'test'), array['one', 'two']);
  perform test.equal((select array_agg(r.reason order by r.reason) from dot.fn_command_runs_with('decide', 'set_setting') r where r.actor = 'test'), array['one', 'other duty', 'two']);
end
$$;
