do $$
declare
  v_proposal uuid := test.tag_proposal();
  v_row      dot.proposal;
begin
  select * into v_row from dot.proposal where proposal_id = v_proposal;
  assert dot.fn_proposal_quorum(v_proposal, v_row.policy_code, v_row.policy_version, v_row.base_digest) @> '{"met": false, "denied": false}';
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_review_record(v_proposal, 'approved', 'again', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_quorum(v_proposal, v_row.policy_code, v_row.policy_version, v_row.base_digest) @> '{"met": true}';
end
$$;
