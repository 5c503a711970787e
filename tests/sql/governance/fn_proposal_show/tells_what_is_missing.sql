do $$
declare
  v_proposal uuid := test.tag_proposal();
begin
  assert dot.fn_proposal_show(v_proposal) ? 'next' and dot.fn_proposal_show(v_proposal) @> '{"kind": "registry_entry", "state": "submitted"}', dot.fn_proposal_show(v_proposal)::text;
  perform test.raises('DT404', format('select dot.fn_proposal_show(%L)', gen_random_uuid()));
end
$$;
