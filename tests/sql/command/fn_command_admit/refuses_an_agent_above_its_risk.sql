do $$
begin
  perform set_config('dot.actor_kind', 'agent', true);
  update dot.dot_command_catalog set risk = 'high' where command_code = 'gate set';
  assert dot.fn_command_admit('gate set', 'run') ->> 'reason' = 'agent_policy', 'an agent may not apply high risk';
  assert dot.fn_command_admit('gate set', 'dry_run') is null, 'it may rehearse';
  update dot.dot_command_catalog set risk = 'low' where command_code = 'gate set';
  assert dot.fn_command_admit('gate set', 'run') is null, 'low risk is allowed';
  perform set_config('dot.protected', 'true', true);
  assert dot.fn_command_admit('gate set', 'run') ->> 'reason' = 'agent_policy', 'a protected context counts one level higher';
end
$$;
