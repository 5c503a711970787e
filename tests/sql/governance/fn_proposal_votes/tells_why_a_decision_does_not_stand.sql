do $$
declare
  v_proposal uuid := test.tag_proposal();
  v_row      dot.proposal;
begin
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  select * into v_row from dot.proposal where proposal_id = v_proposal;
  perform test.equal((select array_agg(reviewer || ' ' || verdict || ' ' || stands) from dot.fn_proposal_votes(v_proposal, v_row.policy_code, v_row.policy_version, v_row.base_digest)), '{"reviewer approved true"}'::text[]);
  perform test.equal((select array_agg(stands) from dot.fn_proposal_votes(v_proposal, v_row.policy_code, v_row.policy_version, 'another base')), '{f}'::boolean[]);
end
$$;
