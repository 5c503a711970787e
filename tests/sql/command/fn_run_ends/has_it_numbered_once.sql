do $$
begin
  perform test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  assert not exists (select 1 from dot.dot_command_run_ending), 'not before it commits';
  perform test.raises('DT500', $q$create rule gone as on insert to dot.dot_command_run_ending do instead nothing; set constraints dot.number immediate$q$, '%could not be numbered%');
end
$$;
