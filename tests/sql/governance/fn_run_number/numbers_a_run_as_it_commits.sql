do $$
declare
  v_run    uuid := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
  v_drawn  bigint := (select last_value from dot.dot_command_run_number_seq);
  v_way    text;
begin
  perform test.equal((select count(*)::int from dot.dot_command_run_number where run_id = v_run), 0, 'not before');
  -- Nobody has it drawn earlier, by whichever way, and then rolls back.
  foreach v_way in array array['set constraints all immediate', 'set constraints dot.number immediate'] loop
    perform test.raises('DT409', v_way, '%as its transaction commits%');
  end loop;
  perform test.equal((select last_value from dot.dot_command_run_number_seq), v_drawn);
  perform test.numbered();
  assert (select run_canonical like format('%%{"number": %s}', n.run_number) from dot.v_audit_row join dot.dot_command_run_number n using (run_id) where run_id = v_run), 'part of what is sealed';
  perform test.raises('DT409', 'delete from dot.dot_command_run_number', '%cannot be changed%');
end
$$;
