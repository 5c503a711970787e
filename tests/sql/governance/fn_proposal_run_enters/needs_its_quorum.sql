do $$
declare
  c_args constant jsonb := '{"gate": "test.clock", "value": "open"}';
  v_env  jsonb := test.carrying(test.gate_proposal(false));
  v_run  uuid := v_env ->> 'run_id';
begin
  perform dot.fn_command_begin('gate set', c_args, v_env);
  perform test.raises('DT428', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, c_args));
  -- What it says of itself counts for nothing.
  perform test.raises('DT428', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env - 'proposal_id', c_args));
  perform test.equal((test.run(v_run)).state, 'started');

  v_env := test.carrying(test.gate_proposal());
  v_run := v_env ->> 'run_id';
  perform dot.fn_command_begin('gate set', c_args, v_env);
  perform dot.fn_command_perform(v_run, v_env, c_args::json);
  assert (select c.judged_xid = pg_current_xact_id() and cardinality(c.decisions) = 2 and c.without_quorum is null
            from dot.dot_command_run_proposal c where c.run_id = v_run);
  assert not (test.run(v_run)).effects ?| array['proposal', 'baseline', 'decisions', 'proposal_xid'], 'effects is what was measured';
end
$$;
