do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform test.refused(test.unlocked(format('dot.proposal where proposal_id = %L', v_proposal), format('select dot.fn_proposal_apply(%L)', v_proposal)), 'approval_missing');
end
$$;
