do $$
declare
  v_run uuid := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
  v_n   bigint;
begin
  perform test.equal((select count(*)::int from dot.dot_command_run_number where run_id = v_run), 0, 'not before');
  set constraints all immediate;
  select run_number into v_n from dot.dot_command_run_number where run_id = v_run;
  assert v_n is not null;
  assert (select run_canonical like format('%%{"number": %s}', v_n) from dot.v_audit_row where run_id = v_run), 'part of what is sealed';
  perform test.raises('DT409', 'delete from dot.dot_command_run_number', '%cannot be changed%');
  set constraints all deferred;
end
$$;
