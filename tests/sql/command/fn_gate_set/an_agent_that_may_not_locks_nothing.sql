do $$
begin
  perform set_config('dot.actor_kind', 'agent', true);
  perform test.refused(test.unlocked($q$dot.dot_config where config_key = 'policy.agent.max_risk'$q$, $q$select dot.fn_gate_set('policy.agent.max_risk', 'critical')$q$), 'agent_policy');
end
$$;
