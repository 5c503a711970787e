do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_admin,dot_operator}');
  v_bob   text := test.actor('bob', 'human', '{dot_admin,dot_operator}');
  v_gate  text := test.actor('gate', 'service', '{dot_admin,dot_operator,dot_gateway}');
  v_begun constant text := $q$select dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}',
    jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'idempotency_key', 'k'))::text$q$;
  v_one   text := test.token(v_ann);
  v_two   text := test.token(v_bob);
  v_said  jsonb;
begin
  execute format('grant execute on all functions in schema test to %I, %I, %I', v_ann, v_bob, v_gate);
  v_said := test.presents(v_gate, v_one, v_begun)::jsonb;
  assert v_said ? 'performed', v_said;
  -- Another person has a run of their own under the same key, and whoever it is finds theirs from everywhere.
  v_said := test.presents(v_gate, v_two, v_begun)::jsonb;
  assert v_said ? 'performed', v_said;
  v_said := test.by(v_gate, v_begun)::jsonb;
  assert v_said ? 'performed', v_said;
  v_said := test.by(v_ann, v_begun)::jsonb;
  perform test.equal(v_said ->> 'reason', 'in_flight', 'the same person by their own login');
  v_said := test.presents(v_gate, v_two, v_begun)::jsonb;
  perform test.equal(v_said ->> 'reason', 'in_flight', 'the same person by the gateway');
  perform test.equal((select count(*)::int from dot.dot_command_run where idempotency_key = 'k' and state = 'started'), 3);
end
$$;
