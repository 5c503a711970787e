do $$
declare
  v_id  uuid := test.gate_proposal(false);
  v_tag uuid := test.tag_proposal();
  v     jsonb;
begin
  perform test.equal(dot.fn_proposal_run_begins(v_tag, '{"command": "gate set", "mode": "plan_apply"}') #>> '{refusal,reason}', 'proposal_mismatch');
  perform test.equal(dot.fn_proposal_run_begins(v_id, '{"command": "gate list", "mode": "plan_apply"}') #>> '{refusal,reason}', 'proposal_mismatch');
  perform test.equal(dot.fn_proposal_run_begins(v_id, '{"mode": "plan_apply"}') #>> '{refusal,reason}', 'proposal_mismatch');
  perform test.equal(dot.fn_proposal_run_begins(v_id, '{"command": "gate set", "mode": "run"}') #>> '{refusal,reason}', 'plan_missing');
  perform test.equal(dot.fn_proposal_run_begins(v_id, '{"command": "gate set"}') #>> '{refusal,reason}', 'plan_missing');
  v := dot.fn_proposal_run_begins(v_id, '{"command": "gate set", "mode": "plan_apply"}');
  assert not v ? 'refusal' and v -> 'plan' ? 'tables', 'the approved plan: ' || v::text;
  perform test.equal(dot.fn_proposal_run_begins(v_id, '{"command": "proposal apply", "mode": "run"}'), '{}'::jsonb);
end
$$;
-- Whatever plan the caller sends, the approved one is what the run is held against.
do $$
declare
  v_env jsonb := test.carrying(test.gate_proposal());
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env || '{"plan": {"tables": {"x": 1}}}');
  assert (test.run((v_env ->> 'run_id')::uuid)).plan #> '{tables}' ? 'dot.dot_config', (test.run((v_env ->> 'run_id')::uuid)).plan::text;
end
$$;
