do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_judge(v_proposal) @> '{"met": true}', dot.fn_proposal_judge(v_proposal)::text;
  perform dot.fn_proposal_revise(v_proposal, '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "Other", "summary": "s"}}');
  assert dot.fn_proposal_judge(v_proposal) @> '{"met": false}';
  perform test.equal((select revision from dot.proposal where proposal_id = v_proposal), 2);
end
$$;
