do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_registry_register(v_proposal) ->> 'refused' = 'true', 'it is not approved';
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  assert dot.fn_registry_register(v_proposal) @> '{"registry": "tags", "key": "grants"}';
  perform test.raises('DT404', format('select dot.fn_registry_register(%L)', gen_random_uuid()));
end
$$;
