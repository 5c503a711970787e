do $$
declare
  c_args  constant jsonb := '{"queue": "bench"}';
  v_ann   text := test.actor('ann', 'human', '{dot_reader,dot_operator}');
  v_gate  text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_token text := test.token(v_ann);
  v_runs  uuid[] := array[test.run_id(), test.run_id(), test.run_id()];
  v_begin text := 'select dot.fn_command_begin(''queue pause'', %L, %L)';
  v_do    text := 'select dot.fn_command_perform(%L, ''{}'', %L)';
begin
  -- In the one's name, and then in the other's; and the other way round.
  perform test.presents(v_gate, v_token, format(v_begin, c_args, jsonb_build_object('run_id', v_runs[1], 'mode', 'run')));
  perform set_config('dot.session_token', '', true);
  perform test.equal((test.run(v_runs[1])).actor, 'ann');
  perform test.equal(test.by(v_gate, format(v_do, v_runs[1], c_args)), 'DT409');
  perform test.by(v_gate, format(v_begin, c_args, jsonb_build_object('run_id', v_runs[2], 'mode', 'run')));
  perform test.equal((test.run(v_runs[2])).actor, 'gate');
  perform test.equal(test.presents(v_gate, v_token, format(v_do, v_runs[2], c_args)), 'DT409');
  -- Nor by a gateway what the person began at a login of their own.
  perform test.by(v_ann, format(v_begin, c_args, jsonb_build_object('run_id', v_runs[3], 'mode', 'run')));
  perform test.equal((test.run(v_runs[3])).actor, 'ann');
  perform test.equal(test.presents(v_gate, v_token, format(v_do, v_runs[3], c_args)), 'DT409');
  -- As it was begun.
  perform test.equal(test.presents(v_gate, v_token, format(v_do, v_runs[1], c_args))::jsonb #>> '{data,queue}', 'bench');
end
$$;
