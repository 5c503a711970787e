do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_admin,dot_operator}');
  v_bob  text := test.actor('bob', 'human', '{dot_admin,dot_operator}');
  v_gate text := test.actor('gate', 'service', '{dot_admin,dot_operator,dot_gateway}');
  v_one  text := test.token(v_ann);
  v_two  text := test.token(v_bob);
  v_run  uuid := test.run_id();
  v_end  text := format($q$select dot.fn_command_conclude(%L, 'cancelled')::text$q$, v_run);
  v_pair text := format($q$select dot.fn_command_verify(%L)::text$q$, v_run);
begin
  perform test.presents(v_gate, v_one, format($q$select dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', '{"run_id": "%s", "mode": "run"}')::text$q$, v_run));
  perform test.equal((test.run(v_run)).actor, 'ann');
  perform test.equal(test.presents(v_gate, v_two, v_end), 'false', 'another cannot end it');
  perform test.equal(test.presents(v_gate, upper(v_one), v_end), 'false', 'nor can nobody');
  perform test.equal((test.run(v_run)).state, 'started');
  perform test.equal(test.presents(v_gate, v_one, v_end), 'true', 'who began it can');
  -- The verdict of a pair as well.
  v_run := test.run_id();
  v_pair := format($q$select dot.fn_command_verify(%L) ->> 'verdict'$q$, v_run);
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, login, finished_at, outcome)
  values (v_run, 'gate set', 'run', 'succeeded', '{"gate": "test.clock", "value": "open"}', 'a', 'ann', 'human', true, v_gate, now(), '{"gate": "test.clock"}');
  perform test.equal(test.presents(v_gate, v_two, v_pair), null);
  assert test.presents(v_gate, v_one, v_pair) in ('verified', 'differs');
end
$$;
