do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_apply(v_proposal) ->> 'refused' = 'true', 'nobody approved it';
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_proposal_apply(v_proposal) @> '{"key": "grants"}';
  assert dot.fn_proposal_apply(v_proposal) ->> 'refused' = 'true', 'once';
  perform test.raises('DT404', format('select dot.fn_proposal_apply(%L)', gen_random_uuid()));
end
$$;
