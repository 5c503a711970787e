do $$
declare
  v_dead uuid := test.run_id();
  v_live uuid := test.run_id();
  v_key  jsonb;
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', v_dead, 'mode', 'run', 'idempotency_key', 'k'));
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', v_live, 'mode', 'run'));
  update dot.dot_command_run set backend_pid = 1 where run_id = v_dead;
  -- Whoever asks for its key finds it out, and tries again.
  v_key := dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'idempotency_key', 'k'));
  assert v_key ->> 'in_flight' = 'true' and v_key ->> 'reason' = 'try_again', v_key::text;
  assert dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'idempotency_key', 'k')) ? 'run_id', 'and has it';
  perform test.equal((test.run(v_dead)).state || ' ' || (test.run(v_live)).state, 'abandoned started');
  perform test.equal(dot.fn_run_abandon(array[v_dead]), '{}'::uuid[], 'once');
end
$$;
