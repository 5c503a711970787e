do $$
begin
  perform test.equal(dot.fn_command_risk('gate set', '{"gate": "iu.post_cut.autowire"}'), 'low');
  assert dot.fn_command_risk('dlq replay', '{}') = 'high' and dot.fn_command_risk('no such', '{}') is null;
end
$$;
