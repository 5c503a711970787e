do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_withdraw(v_proposal, 'a mistake') @> '{"state": "withdrawn"}';
  assert dot.fn_proposal_withdraw(v_proposal) ->> 'refused' = 'true';
  perform test.raises('DT404', format('select dot.fn_proposal_withdraw(%L)', gen_random_uuid()));
end
$$;
