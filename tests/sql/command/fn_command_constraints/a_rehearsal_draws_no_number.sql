do $$
declare
  v_before bigint;
begin
  perform test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  v_before := (select last_value from dot.dot_command_run_number_seq);
  perform dot.fn_command_constraints();
  perform test.equal((select last_value from dot.dot_command_run_number_seq), v_before);
  perform test.proposed('command_run', '{"command": "gate set", "args": {"gate": "test.clock", "value": "closed"}}');
  perform test.equal((select last_value from dot.dot_command_run_number_seq), v_before, 'nor does what is proposed');
end
$$;
