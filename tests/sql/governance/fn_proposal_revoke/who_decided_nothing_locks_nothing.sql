do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform test.refused(test.unlocked(format('dot.proposal where proposal_id = %L', v_proposal), format('select dot.fn_proposal_revoke(%L, %L)', v_proposal, 'x')), 'nothing_to_revoke');
end
$$;
