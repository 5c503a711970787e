do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.gate_proposal();
  v_id       uuid := (test.signs(v_ann, v_proposal, 'ann') ->> 'decision')::uuid;
  v_plain    uuid := (select review_decision_id from dot.review_decision where proposal_id = v_proposal and reviewer_id = 'reviewer');
  v_env      jsonb := test.carrying(v_proposal);
  v_run      uuid := (v_env ->> 'run_id')::uuid;
  v_sealed   jsonb := jsonb_build_array(jsonb_build_object('decision', v_id, 'reviewer', 'ann', 'key', dot.fn_ssh_fingerprint(test.key_blob('ann')),
    'statement', (select encode(sha256(convert_to(statement, 'UTF8')), 'hex') from dot.review_signature)));
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env);
  perform dot.fn_review_seal(v_run, array[v_plain]), dot.fn_review_seal(v_run, null);
  perform test.equal((test.run(v_run)).effects, null::jsonb, 'nothing of those that are not signed');
  perform dot.fn_review_seal(v_run, array[v_id, v_plain]);
  perform test.equal((test.run(v_run)).effects -> 'signatures', v_sealed);
  -- It is kept beside what is measured.
  perform dot.fn_command_perform(v_run, v_env, '{"gate": "test.clock", "value": "open"}');
  perform test.equal((test.run(v_run)).effects -> 'signatures', v_sealed);
  perform test.equal((test.run(v_run)).state || ' ' || ((test.run(v_run)).effects -> 'tables' is not null), 'succeeded true');
end
$$;
