do $$
declare
  v jsonb;
begin
  perform set_config('dot.actor_kind', 'agent', true);
  v := dot.fn_gate_set('policy.agent.max_risk', 'critical');
  assert v ->> 'refused' = 'true' and v ->> 'reason' = 'agent_policy', v::text;
  assert dot.fn_config_text('policy.agent.max_risk') = 'low', 'nothing was changed';
end
$$;
