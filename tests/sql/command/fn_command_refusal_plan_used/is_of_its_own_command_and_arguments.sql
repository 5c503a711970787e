do $$
declare
  v_run uuid := dot.fn_uuid_v7();
begin
  assert dot.fn_command_refusal_plan_used('gate set', 'a', 'p') is null and dot.fn_command_refusal_plan_used('gate set', 'a', null) is null;
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, plan_digest)
  values (v_run, 'gate set', 'plan_apply', 'started', '{}', 'a', 'x', 'human', false, 'p');
  perform test.refused(dot.fn_command_refusal_plan_used('gate set', 'a', 'p'), 'plan_used');
  perform test.equal(dot.fn_command_refusal_plan_used('gate set', 'a', 'p') ->> 'run_id', v_run::text);
  assert dot.fn_command_refusal_plan_used('gate set', 'b', 'p') is null and dot.fn_command_refusal_plan_used('queue set', 'a', 'p') is null;
end
$$;
