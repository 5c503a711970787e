do $$
declare
  v_ann      text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bob      text := test.actor('bob', 'human', '{dot_operator}');
  v_id       uuid := test.tag_proposal();
  v_given    uuid;
begin
  -- In ann's place.
  v_given := (test.by(v_ann, $q$select dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ->> 'delegation'$q$))::uuid;
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_reject(%L, 'no') ->> 'verdict'$q$, v_id)), 'rejected');
  perform test.equal(test.judged(v_id), 'bob false');
  -- Neither her word nor an administrator's takes it back, in whatever way it is said.
  perform test.by(v_ann, format('select dot.fn_delegation_revoke(%L)', v_given));
  perform test.equal(test.judged(v_id), 'bob false');
  update dot.dot_actor set status = 'disabled' where actor_id = 'bob';
  execute format('revoke dot_operator from %I', v_bob);
  perform test.equal(test.judged(v_id), 'bob false');
  perform test.equal(test.by(v_ann, format($q$select dot.fn_proposal_approve(%L, 'yes') ->> 'verdict'$q$, v_id)), 'approved');
  perform test.equal(test.judged(v_id), 'bob true');
  perform dot.fn_proposal_revise(v_id);
  perform test.equal(test.judged(v_id), 'bob false');
  -- Nor does another payload: whether it answers him is for him to say.
  perform dot.fn_proposal_revise(v_id, (select jsonb_set(proposed_action_jsonb, '{entry,title}', '"Another"') from dot.proposal where proposal_id = v_id));
  perform test.equal(test.judged(v_id), 'bob false');
  update dot.dot_actor set status = 'active' where actor_id = 'bob';
  execute format('grant dot_operator to %I', v_bob);
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_revoke(%L, 'it does') ->> 'verdict'$q$, v_id)), 'rejected');
  perform test.equal(test.judged(v_id), 'false');
end
$$;
