do $$
declare
  v_unit     uuid;
  v_proposal uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_proposal := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[4])) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_proposal, 'approved', 'yes', '[]', 'bob', 'human', null, false);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nBCDEFGH\n']));
  assert dot.fn_proposal_apply(v_proposal) ->> 'reason' = 'proposal_stale', 'approved on other bytes';
  perform dot.fn_proposal_revise(v_proposal);
  assert dot.fn_proposal_apply(v_proposal) ->> 'reason' = 'approval_missing', 'brought up to date, it has to be approved again';
  perform dot.fn_review_record(v_proposal, 'approved', 'yes', '[]', 'bob', 'human', null, false);
  assert dot.fn_proposal_apply(v_proposal) ? 'after', 'and then it goes through';
end
$$;
