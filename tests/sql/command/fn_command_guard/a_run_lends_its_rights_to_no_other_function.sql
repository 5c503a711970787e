do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run', 'actor', 'bot', 'actor_kind', 'agent');
  v     jsonb;
begin
  v := dot.fn_command_begin('iu tag', '{}', v_env);
  assert v ->> 'run_id' = v_run::text, 'an agent may begin a run of low risk: ' || v::text;
  perform dot.fn_command_enter(v_run, v_env);
  v := dot.fn_command_guard('phase0 autowire');
  assert v ->> 'reason' = 'agent_policy', 'and call no function of higher risk within it: ' || coalesce(v::text, 'admitted');
  assert dot.fn_command_guard('iu tag') is null, 'only its own';
end
$$;
