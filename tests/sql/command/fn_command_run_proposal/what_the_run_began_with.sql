do $$
declare
  v_id  uuid := test.gate_proposal();
  v_env jsonb := test.carrying(v_id);
  v_run uuid := v_env ->> 'run_id';
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env);
  perform test.equal(dot.fn_command_run_proposal(v_run), v_id);
  perform test.raises('DT409', format('update dot.dot_command_run_proposal set proposal_id = dot.fn_uuid_v7() where run_id = %L', v_run));
  perform test.raises('DT409', format('delete from dot.dot_command_run_proposal where run_id = %L', v_run));
  perform test.raises('DT409', 'truncate dot.dot_command_run_proposal');
  perform test.equal(dot.fn_command_run_proposal((test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid), null::uuid);
end
$$;
