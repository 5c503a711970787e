do $$
declare
  v_proposal uuid := test.proposed('registry_entry', '{"registry": "tags", "key": "t", "owner": "a", "purpose": "b", "entry": {"facet": "domain", "title": "T", "summary": "s"}}', true);
begin
  perform test.equal((select proposal_state from dot.proposal where proposal_id = v_proposal), 'draft');
  assert dot.fn_proposal_open(v_proposal) @> '{"state": "submitted"}', 'now it is';
  perform test.refused(dot.fn_proposal_open(v_proposal), 'not_a_draft');
  perform test.raises('DT404', format('select dot.fn_proposal_open(%L)', gen_random_uuid()));
end
$$;
