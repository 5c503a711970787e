do $$
begin
  perform test.equal(dot.fn_risk_here('low'), 'low');
  perform dot.fn_gate_set('policy.protected', 'open');
  perform test.equal(dot.fn_risk_here('low') || dot.fn_risk_here('high') || dot.fn_risk_here('critical'), 'highcriticalcritical');
end
$$;
