do $$
declare
  v_ann      text := test.signer('ann');
  v_bob      text := test.signer('bob');
  v_bot      text := test.actor('bot', 'agent', '{dot_agent,dot_reviewer}', 'bob');
  v_proposal uuid := test.tag_proposal();
  v_said     text := test.by(v_ann, format('select dot.fn_proposal_statement(%L, p_rationale => ''read'') ->> ''statement''', v_proposal));
  v_call     text := 'select dot.fn_review_sign(%L, ''approved'', %L, ''[]'', %L, %L)::text';
  v_answer   jsonb;
begin
  -- As the login that it is, with the rights of none.
  grant execute on function dot.fn_review_sign(uuid, text, text, jsonb, text, text) to public;
  perform test.equal(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, test.signature('ann', v_said)))::jsonb ->> 'fingerprint', dot.fn_ssh_fingerprint(test.key_blob('ann')));
  perform test.equal(test.by(v_ann, format(v_call, v_proposal, 'read', null, null)), null::text);
  -- Whoever has her password, and not her key.
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, test.signature('ann', 'another text')))::jsonb, 'signature_invalid');
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, test.signature('bob')))::jsonb, 'key_unknown');
  perform test.refused(test.by(v_bob, format(v_call, v_proposal, 'read', v_said, test.signature('bob')))::jsonb, 'statement_differs');
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'found right', v_said, test.signature('ann')))::jsonb, 'statement_differs');
  v_answer := test.by(v_ann, format(v_call, v_proposal, 'read', replace(v_said, 'verdict: approved', 'verdict: rejected'), test.signature('ann')))::jsonb;
  perform test.equal(v_answer -> 'differs', '["verdict"]'::jsonb);
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'read', 'x', test.signature('ann')))::jsonb, 'statement_differs');
  perform test.equal(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, test.signature('ann', v_said, 'git'))), 'DT400');
  perform test.equal(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, null)), 'DT400');
  perform test.equal(test.by(v_ann, format(v_call, v_proposal, 'read', null, test.signature('ann'))), 'DT400');
  -- Neither of yesterday nor of tomorrow.
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'read', regexp_replace(v_said, 'time: .*', 'time: ' || t || chr(10)), test.signature('ann')))::jsonb, 'statement_late')
     from unnest('{2020-01-01T00:00:00Z,2099-01-01T00:00:00Z}'::text[]) t;
  -- No machine, and no session that a gateway presents.
  perform test.refused(test.by(v_bot, format(v_call, v_proposal, 'read', v_said, test.signature('ann')))::jsonb, 'not_a_person');
  perform test.refused(test.presents(v_ann, test.token(v_ann), format(v_call, v_proposal, 'read', v_said, test.signature('ann')))::jsonb, 'not_a_person');
  perform test.by(v_ann, format('select dot.fn_actor_key_revoke(%L)', dot.fn_ssh_fingerprint(test.key_blob('ann'))));
  perform test.refused(test.by(v_ann, format(v_call, v_proposal, 'read', v_said, test.signature('ann')))::jsonb, 'key_revoked');
end
$$;
