do $$
declare
  c_args constant jsonb := '{"gate": "test.clock", "value": "open"}';
  v_plan jsonb := test.perform('gate set', c_args::json, 'dry_run', 10) -> 'plan';
  v_env  jsonb := jsonb_build_object('run_id', test.run_id(), 'mode', 'plan_apply', 'plan_digest', 'x', 'plan', v_plan, 'idempotency_key', 'once',
    'plan_database', dot.fn_command_database(), 'plan_expires_at', '2999-01-01');
  v_run  text := v_env ->> 'run_id';
  v_back jsonb;
begin
  perform dot.fn_command_begin('gate set', c_args, v_env);
  perform dot.fn_command_perform(v_run::uuid, v_env, c_args::json);
  perform test.equal(dot.fn_command_begin('gate set', c_args, v_env || jsonb_build_object('run_id', test.run_id())) ->> 'run_id', v_run, 'the plan again, under its key');
  perform test.refused(dot.fn_command_begin('gate set', c_args, v_env || jsonb_build_object('run_id', test.run_id(), 'idempotency_key', 'another')), 'plan_used');

  select jsonb_object_agg(replace(i.key, '_', '-'), i.value) into v_back from jsonb_each((test.run(v_run::uuid)).outcome -> 'inverse') i;
  v_env := jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'undo_of', v_run, 'idempotency_key', 'back');
  perform dot.fn_command_begin('gate set', v_back, v_env);
  perform dot.fn_command_perform((v_env ->> 'run_id')::uuid, v_env, v_back::json);
  perform test.equal(dot.fn_command_begin('gate set', v_back, v_env || jsonb_build_object('run_id', test.run_id())) ->> 'run_id', v_env ->> 'run_id', 'the undo again, under its key');
  perform test.refused(dot.fn_command_begin('gate set', v_back, v_env || jsonb_build_object('run_id', test.run_id(), 'idempotency_key', 'other')), 'already_undone');
end
$$;
