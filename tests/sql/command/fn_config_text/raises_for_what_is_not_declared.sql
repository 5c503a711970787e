do $$
begin
  perform test.equal(dot.fn_config_text('policy.agent.max_risk'), 'low');
  perform test.raises('DT500', $q$select dot.fn_config_text('no.such')$q$);
end
$$;
