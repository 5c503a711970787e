do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_approve(v_proposal, 'read') ->> 'refused' = 'true' or not (dot.fn_proposal_judge(v_proposal) ->> 'met')::boolean;
  perform test.raises('DT404', format('select dot.fn_proposal_approve(%L, ''x'')', gen_random_uuid()));
end
$$;
