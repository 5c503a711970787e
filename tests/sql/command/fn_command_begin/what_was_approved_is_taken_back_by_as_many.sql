do $$
declare
  v_args constant jsonb := '{"gate": "test.clock", "value": "open"}';
  v_id   uuid := test.proposed('command_run', jsonb_build_object('command', 'gate set', 'args', v_args));
  v_run  uuid := test.run_id();
  v_env  jsonb := jsonb_build_object('run_id', v_run, 'mode', 'plan_apply', 'proposal_id', v_id, 'plan_digest', 'x', 'plan', '{}'::jsonb,
    'plan_database', dot.fn_command_database(), 'plan_expires_at', '2999-01-01');
  v_back jsonb;
begin
  perform dot.fn_review_record(v_id, 'approved', 'read', '[]', r, 'human', null, false) from unnest('{reviewer,another}'::text[]) r;
  perform dot.fn_command_begin('gate set', v_args, v_env);
  perform dot.fn_command_perform(v_run, v_env, v_args::json);
  perform test.equal((test.run(v_run)).state, 'succeeded');
  select jsonb_object_agg(replace(i.key, '_', '-'), i.value) into v_back from jsonb_each((test.run(v_run)).outcome -> 'inverse') i;
  perform test.refused(dot.fn_command_begin('gate set', v_back, jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'undo_of', v_run)), 'approval_required');
end
$$;
