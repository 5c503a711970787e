do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bot  text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_gate text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_id   uuid := test.tag_proposal();
  v_call text := format($q$select dot.fn_proposal_revoke(%L, 'x') ->> 'reason'$q$, v_id);
begin
  perform test.equal(test.by(v_ann, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)), 'rejected');
  -- Neither her agent, nor who presents her session. Who is nobody that is known decides nothing: fn_actor_unknown.
  perform test.equal(test.by(v_bot, v_call), 'nothing_to_revoke');
  perform test.equal(test.presents(v_gate, test.token(v_ann), v_call), 'not_the_login_itself');
  perform test.equal(test.by(v_ann, format($q$select dot.fn_proposal_revoke(%L, 'x') ->> 'verdict'$q$, v_id)), 'rejected');
end
$$;
