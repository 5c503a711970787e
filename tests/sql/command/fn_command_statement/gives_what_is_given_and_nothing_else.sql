do $$
begin
  perform test.equal(dot.fn_command_statement('gate set', '{"value": "open", "gate": "x"}'), 'dot.fn_gate_set(p_gate => ($1 ->> ''gate'')::text, p_value => ($1 ->> ''value'')::text)');
  perform test.equal(dot.fn_command_statement('gate set', '{}'), 'dot.fn_gate_set()');
  perform test.raises('DT505', $q$select dot.fn_command_statement('doctor', '{}')$q$);
  perform test.raises('DT505', $q$select dot.fn_command_statement('no such', '{}')$q$);
end
$$;
