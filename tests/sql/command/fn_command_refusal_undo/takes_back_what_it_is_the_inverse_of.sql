do $$
declare
  v_run   uuid := dot.fn_uuid_v7();
  v_same  constant jsonb := '{"gate": "audit.read_commands", "value": "open", "expect": "closed"}';
  v_undo  jsonb := jsonb_build_object('mode', 'run', 'undo_of', v_run);
begin
  assert dot.fn_command_refusal_undo('gate set', '{}', '{"mode": "run"}') is null, 'nothing is taken back';
  perform test.refused(dot.fn_command_refusal_undo('gate set', v_same, v_undo), 'no_undo');
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, outcome, finished_at)
  values (v_run, 'gate set', 'run', 'succeeded', '{}', 'x', 'x', 'human', false, jsonb_build_object('inverse', v_same), now());
  assert dot.fn_command_refusal_undo('gate set', v_same, v_undo) is null;
  perform test.refused(dot.fn_command_refusal_undo('gate set', v_same || '{"value": "closed"}', v_undo), 'no_undo');
  perform test.refused(dot.fn_command_refusal_undo('gate set', v_same - 'expect', v_undo), 'no_undo');
  perform test.refused(dot.fn_command_refusal_undo('queue pause', v_same, v_undo), 'no_undo');
  -- What is no text counts too, and nothing is added to it but what the command adds by itself.
  v_run := dot.fn_uuid_v7();
  v_undo := jsonb_build_object('mode', 'run', 'undo_of', v_run);
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, outcome, finished_at)
  values (v_run, 'phase1 enable', 'run', 'succeeded', '{}', 'x', 'x', 'human', false, '{"inverse": {"revert": true, "only": ["a"]}}', now());
  assert dot.fn_command_refusal_undo('phase1 enable', '{"phase": "1", "revert": true, "only": ["a"]}', v_undo) is null;
  perform test.refused(dot.fn_command_refusal_undo('phase1 enable', '{"phase": "1", "revert": false, "only": ["a"]}', v_undo), 'no_undo');
  perform test.refused(dot.fn_command_refusal_undo('phase1 enable', '{"phase": "1", "revert": true, "only": ["b"]}', v_undo), 'no_undo');
  perform test.refused(dot.fn_command_refusal_undo('phase1 enable', '{"phase": "0", "revert": true, "only": ["a"]}', v_undo), 'no_undo');
  perform test.refused(dot.fn_command_refusal_undo('phase1 enable', '{"phase": "1", "revert": true, "only": ["a"], "to": "x"}', v_undo), 'no_undo');
end
$$;
