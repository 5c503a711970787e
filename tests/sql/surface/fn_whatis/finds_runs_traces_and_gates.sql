do $$
declare
  v_run uuid := dot.fn_uuid_v7();
begin
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, trace_id, finished_at)
  values (v_run, 'gate list', 'run', 'succeeded', '{}', '', 'x', 'human', false, repeat('ab', 16), now());
  assert exists (select 1 from dot.fn_whatis(v_run::text) where kind = 'run' and command = 'dot run show ' || v_run), 'a run';
  assert exists (select 1 from dot.fn_whatis(repeat('ab', 16)) where kind = 'trace' and summary like '%gate list%'), 'a trace';
  assert exists (select 1 from dot.fn_whatis('test.clock') where kind = 'config' and command = 'dot gate show test.clock' or kind = 'config'), 'a gate';
  begin
    perform dot.fn_whatis('nothing-at-all');
    assert false, 'it must raise';
  exception when sqlstate 'DT404' then
    null;
  end;
end
$$;
