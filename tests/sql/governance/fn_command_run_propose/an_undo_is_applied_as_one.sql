do $$
declare
  v_done jsonb := test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  v_run  uuid := v_done ->> 'run';
  v_back jsonb;
  v_id   uuid;
  v_env  jsonb;
begin
  select jsonb_object_agg(replace(i.key, '_', '-'), i.value) into v_back from jsonb_each((test.run(v_run)).outcome -> 'inverse') i;
  perform test.refused(dot.fn_command_run_propose(jsonb_build_object('command', 'gate set', 'args', v_back || '{"value": "open"}', 'undo_of', v_run)), 'no_undo');
  v_id := test.proposed('command_run', jsonb_build_object('command', 'gate set', 'args', v_back, 'undo_of', v_run));
  perform dot.fn_review_record(v_id, 'approved', 'read', '[]', r, 'human', null, false) from unnest('{reviewer,another}'::text[]) r;
  -- Whatever else the caller says that it takes back.
  v_env := test.carrying(v_id) || jsonb_build_object('undo_of', test.run_id());
  perform dot.fn_command_begin('gate set', v_back, v_env);
  perform test.equal((test.run((v_env ->> 'run_id')::uuid)).undo_of, v_run);
  perform dot.fn_command_perform((v_env ->> 'run_id')::uuid, v_env, v_back::json);
  perform test.refused(dot.fn_command_begin('gate set', v_back, jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'undo_of', v_run)), 'already_undone');
end
$$;
