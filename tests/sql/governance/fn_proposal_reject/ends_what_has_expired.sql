do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator}');
  v_bob text := test.actor('bob', 'human', '{dot_operator,dot_reviewer,dot_admin}');
  v_id  uuid := test.by(v_ann, $q$select r ->> 'proposal' from dot.fn_proposal_submit('registry_entry', '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}') r$q$)::uuid;
begin
  alter table dot.proposal disable trigger user;
  update dot.proposal set proposal_state = 'approved', expires_at = dot.fn_clock_now() - interval '1 hour' where proposal_id = v_id;
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_approve(%L, 'x') ->> 'reason'$q$, v_id)), 'proposal_expired', 'nobody approves it');
  perform test.equal(test.by(v_bob, format($q$select dot.fn_proposal_reject(%L, 'x') ->> 'verdict'$q$, v_id)), 'rejected');
  perform test.equal((select proposal_state from dot.proposal where proposal_id = v_id), 'rejected');
  perform test.equal((select count(*) from dot.fn_problems_surface() where signal = 'expired_approvals'), 0::bigint);
end
$$;
