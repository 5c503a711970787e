do $$
declare
  c_args constant jsonb := '{"gate": "test.clock", "value": "open"}';
  v_id   uuid := test.gate_proposal();
  v_env  jsonb := test.carrying(v_id);
  v_run  uuid := v_env ->> 'run_id';
begin
  perform dot.fn_command_begin('gate set', c_args, v_env);
  perform test.raises('DT409', format('select dot.fn_proposal_run_succeeds(%L, %L)', v_id, jsonb_build_object('run_id', v_run)));
  perform dot.fn_command_perform(v_run, v_env, c_args::json);
  assert (select p.proposal_state = 'merged' and p.applied_run_id = v_run and p.outcome_jsonb ->> 'value' is not null from dot.proposal p where p.proposal_id = v_id),
    (select p.outcome_jsonb::text from dot.proposal p where p.proposal_id = v_id);
  -- Once.
  v_env := test.carrying(v_id);
  perform dot.fn_command_begin('gate set', c_args, v_env);
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_env ->> 'run_id', v_env, c_args));
end
$$;
