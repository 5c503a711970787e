do $$
begin
  assert dot.fn_risk_for_agents('low') and not dot.fn_risk_for_agents('high') and not dot.fn_risk_for_agents('critical');
  perform dot.fn_gate_set('policy.agent.max_risk', 'high');
  assert dot.fn_risk_for_agents('high') and not dot.fn_risk_for_agents('critical');
  perform test.equal(coalesce(dot.fn_risk_for_agents(null), false), false, 'an unknown risk');
end
$$;
