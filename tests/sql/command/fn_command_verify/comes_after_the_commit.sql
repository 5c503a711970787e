do $$
declare
  v_run uuid := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
begin
  assert dot.fn_command_verify(v_run) is null and (test.run(v_run)).pair is null, 'within the transaction of the effect there is nothing to verify';
  assert dot.fn_command_verify(dot.fn_uuid_v7()) is null, 'nor of no run';
  assert not dot.fn_command_verdict(v_run, '{"verdict": "verified"}'), 'and nobody tells the database what it can ask';
end
$$;
