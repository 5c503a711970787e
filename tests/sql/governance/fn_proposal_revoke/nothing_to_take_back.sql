do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_revoke(v_proposal, 'x') ->> 'refused' = 'true';
  perform test.raises('DT404', format('select dot.fn_proposal_revoke(%L, ''x'')', gen_random_uuid()));
end
$$;
