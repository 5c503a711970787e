-- Two people behind one gateway are one pair of eyes, and none of them decides there: decisions are of a login of one's own.
do $$
declare
  v_ann      text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bob      text := test.actor('bob', 'human', '{dot_operator,dot_reviewer}');
  v_gate     text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_set      constant text := $q$select coalesce(dot.fn_delegation_grant('cid', now() + interval '1 day', 'away') ->> 'reason', 'granted')$q$;
  v_proposal text;
  v_approve  text;
begin
  execute format('grant dot_reviewer to %I', v_gate);
  perform test.equal(test.presents(v_gate, test.token(v_ann), v_set), 'not_the_login_itself', 'who decides for one is decided at a login of one''s own');
  perform test.equal(test.presents(v_gate, test.token(v_ann), $q$select dot.fn_queue_pause('bench') ->> 'status'$q$), 'paused');
  assert (select r.actor = 'ann' and r.actor_verified and r.login = v_gate from dot.dot_command_run r where r.command_code = 'queue pause'), 'recorded with both';
  v_proposal := test.presents(v_gate, test.token(v_ann), $q$select dot.fn_proposal_submit('registry_entry', '{"registry": "tags", "key": "grants", "owner": "ann",
    "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}') ->> 'proposal'$q$);
  assert (select p.proposer_id = 'ann' and p.proposer_login = v_gate from dot.proposal p where p.proposal_id::text = v_proposal), 'proposed by a person: ' || coalesce(v_proposal, 'null');
  v_approve := format($q$select coalesce(dot.fn_proposal_approve(%L, 'fine') ->> 'reason', 'approved')$q$, v_proposal);
  perform test.equal(test.presents(v_gate, test.token(v_bob), v_approve), 'not_the_login_itself', 'at the gateway');
  perform test.equal(test.by(v_bob, v_approve), 'approved', 'at a login of his own');
end
$$;
