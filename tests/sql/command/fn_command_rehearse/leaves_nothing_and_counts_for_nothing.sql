do $$
declare
  v_before jsonb := dot.fn_command_counters(false);
  v        jsonb := dot.fn_command_rehearse('gate set', '{"gate": "test.clock", "value": "open"}');
begin
  perform test.equal((test.run((v ->> 'run_id')::uuid)).state, 'rehearsed');
  perform test.equal((select value::text from dot.dot_config where config_key = 'test.clock'), 'false');
  perform test.equal(v #>> '{images,0,after,value}', 'true');
  -- Within a run, what it took back is no effect of that run.
  v := test.perform('proposal submit', '{"kind": "command_run", "payload": {"command": "gate set", "args": {"gate": "test.clock", "value": "open"}}}');
  assert v #> '{effects,tables}' ? 'dot.proposal' and not v #> '{effects,tables}' ?| array['dot.dot_config', 'dot.dot_config_history'], v -> 'effects';
  perform test.refused(dot.fn_command_rehearse('no such', '{}') -> 'refusal', 'not_catalogued');
end
$$;
