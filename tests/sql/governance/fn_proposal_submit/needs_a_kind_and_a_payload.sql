do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  perform test.raises('DT400', $q$select dot.fn_proposal_submit()$q$);
  perform test.raises('DT400', $q$select dot.fn_proposal_submit('iu_split', '{}')$q$);
  perform test.raises('DT404', $q$select dot.fn_proposal_submit('no_kind', '{}')$q$);
  perform test.raises('DT400', $q$select dot.fn_proposal_submit('iu_split', '{}', p_evidence => '{}')$q$, 'evidence must be%');
  assert (select proposal_state = 'submitted' and policy_code is not null from dot.proposal where proposal_id = v_proposal), 'its policy is pinned';
end
$$;
