do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_claim(v_proposal) @> '{"met": false}';
  perform test.raises('DT404', format('select dot.fn_proposal_claim(%L)', gen_random_uuid()));
end
$$;
