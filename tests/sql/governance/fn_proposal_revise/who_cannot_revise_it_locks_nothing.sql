do $$
declare
  v_proposal uuid := test.tag_proposal();
  v_answer   jsonb;
begin
  perform test.raises('DT400', format('select dot.fn_proposal_revise(%L, %L)', v_proposal, '{"no": "entry"}'));
  perform test.raises('DT400', format('select dot.fn_proposal_revise(%L, p_evidence => %L)', v_proposal, '{}'));
  v_answer := test.unlocked(format('dot.proposal where proposal_id = %L', v_proposal), format('select dot.fn_proposal_revise(%L, %L)', v_proposal,
    '{"registry": "errors", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "Other", "summary": "s"}}'));
  assert v_answer ->> 'refused' = 'true', v_answer::text;
  perform dot.fn_proposal_withdraw(v_proposal);
  perform test.refused(dot.fn_proposal_revise(v_proposal), 'proposal_withdrawn');
  perform test.raises('DT404', format('select dot.fn_proposal_revise(%L)', gen_random_uuid()));
end
$$;
