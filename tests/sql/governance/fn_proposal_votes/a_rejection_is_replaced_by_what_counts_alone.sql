do $$
declare
  v_ann    text := test.signer('ann');
  v_bob    text := test.signer('bob');
  v_two    text := test.actor('ann2', 'human', '{dot_operator,dot_reviewer}', 'ann');
  v_bot    text := test.actor('bot', 'agent', '{dot_agent,dot_reviewer}', 'ann');
  v_id     uuid := test.tag_proposal();
  v_yes    text := format($q$select dot.fn_proposal_approve(%L, 'yes') ->> 'verdict'$q$, v_id);
  v_back   text := format($q$select coalesce(dot.fn_proposal_revoke(%L, 'back') ->> 'reason', 'taken back')$q$, v_id);
begin
  alter table dot.approval_policy disable trigger user;
  -- Two accounts of one person, and her machine where machines may: what speaks against it stands beside them, and they do not.
  update dot.approval_policy set allow_agent = true where policy_code = (select policy_code from dot.proposal where proposal_id = v_id);
  perform test.equal(test.by(v_ann, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)), 'rejected');
  perform test.equal(test.by(v_two, v_yes), 'approved');
  perform test.equal(test.by(v_bot, v_yes), 'approved');
  perform test.equal(test.judged(v_id), 'ann false');
  perform test.equal(test.by(v_ann, v_back), 'taken back');
  perform test.equal(test.judged(v_id), 'true');
  perform test.equal(test.by(v_two, v_back) || ', ' || test.by(v_bot, v_back) || ', ' || test.by(v_bot, v_back), 'taken back, taken back, nothing_to_revoke');
  -- Signed, it goes with a signature alone.
  perform test.equal(test.signs(v_ann, v_id, 'ann', 'no', 'rejected') ->> 'verdict', 'rejected');
  perform test.equal(test.by(v_ann, v_yes), 'approved');
  perform test.equal(test.judged(v_id), 'ann false');
  perform test.equal(test.by(v_ann, v_back) || ', ' || test.by(v_ann, v_back), 'taken back, signed_decision');
  -- Nor with another rejection, which can be taken back.
  perform test.equal(test.by(v_ann, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)) || ', ' || test.by(v_ann, v_back), 'rejected, taken back');
  perform test.equal(test.judged(v_id), 'ann false');
  perform test.equal(test.signs(v_ann, v_id, 'ann') ->> 'verdict', 'approved');
  perform test.equal(test.judged(v_id), 'true');
  -- Taken back, it takes back what it replaced.
  perform test.equal(test.by(v_ann, v_back), 'taken back');
  perform test.equal(test.judged(v_id), 'false');
  -- Of two the first stands when the second is taken back.
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)) || test.by(v_bob, format($q$select dot.fn_proposal_reject(%L, 'nor') ->> 'verdict'$q$, v_id)), 'rejectedrejected');
  perform test.equal(test.by(v_bob, v_back) || ', ' || test.judged(v_id), 'taken back, bob false');
  perform test.equal(test.by(v_bob, v_back) || ', ' || test.judged(v_id), 'taken back, false');
  -- An approval that its policy does not count replaces nothing.
  update dot.approval_policy set signed = true where policy_code = (select policy_code from dot.proposal where proposal_id = v_id);
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)), 'rejected');
  perform test.equal(test.by(v_bob, v_yes), 'approved');
  perform test.equal(test.judged(v_id), 'bob false');
end
$$;
