do $$
begin
  assert dot.fn_proposal_base('registry_entry', '{"registry": "tags", "key": "policy", "owner": "a", "purpose": "b", "entry": {"title": "P"}}') @> '{"tag_code": "policy"}';
  assert dot.fn_proposal_base('registry_entry', '{"registry": "none", "key": "policy", "owner": "a", "purpose": "b", "entry": {}}') ? 'problem';
end
$$;
