do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_plan uuid := dot.fn_uuid_v7();
begin
  assert dot.fn_command_refusal_undone(v_run) is null and dot.fn_command_refusal_undone(null) is null;
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, undo_of)
  values (dot.fn_uuid_v7(), 'gate set', 'run', 'started', '{}', 'a', 'x', 'human', false, v_run),
         (dot.fn_uuid_v7(), 'gate set', 'plan_apply', 'started', '{}', 'a', 'x', 'human', false, v_plan);
  perform test.refused(dot.fn_command_refusal_undone(v_run), 'already_undone');
  perform test.refused(dot.fn_command_refusal_undone(v_plan), 'already_undone');
end
$$;
