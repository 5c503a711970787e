do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_summary(v_proposal) @> jsonb_build_object('proposal', v_proposal, 'state', 'submitted');
end
$$;
