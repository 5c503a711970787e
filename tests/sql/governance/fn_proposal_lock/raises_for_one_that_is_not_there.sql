do $$
begin
  perform test.raises('DT404', format('select dot.fn_proposal_lock(%L)', gen_random_uuid()));
  perform test.equal((dot.fn_proposal_lock(test.tag_proposal())).proposal_kind, 'registry_entry');
end
$$;
