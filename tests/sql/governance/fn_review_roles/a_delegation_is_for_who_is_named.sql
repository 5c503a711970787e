do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bob text := test.actor('bob', 'human', '{dot_operator}');
  v_cid text := test.actor('cid', 'human', '{dot_operator}', 'bob');
  v_id  uuid := test.tag_proposal();
  v_yes text := format($q$select coalesce(r ->> 'reason', r ->> 'verdict') from dot.fn_proposal_approve(%L, 'yes') r$q$, v_id);
begin
  perform test.by(v_ann, $q$select dot.fn_delegation_grant('Bob', now() + interval '1 day', 'away')$q$);
  -- Who answers to him was added by somebody else.
  perform test.equal(test.by(v_cid, v_yes), 'role_missing');
  perform test.equal(test.by(v_bob, v_yes), 'approved');
end
$$;
