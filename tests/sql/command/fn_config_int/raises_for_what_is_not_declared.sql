do $$
begin
  assert dot.fn_config_int('queue.history.days') > 0;
  perform test.raises('DT500', $q$select dot.fn_config_int('no.such')$q$);
  perform test.raises('DT500', $q$select dot.fn_config_int('policy.agent.max_risk')$q$);
end
$$;
