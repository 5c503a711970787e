do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_judge(v_proposal) @> '{"met": false}';
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_judge(v_proposal) @> '{"met": true, "denied": false}', dot.fn_proposal_judge(v_proposal)::text;
  perform dot.fn_review_record(v_proposal, 'rejected', 'no', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_judge(v_proposal) @> '{"met": false}', 'the later one replaces it';
end
$$;
