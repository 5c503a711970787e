do $$
begin
  assert dot.fn_proposal_preview('registry_entry', '{"registry": "tags", "key": "policy", "entry": {"title": "P"}}') ? 'to';
end
$$;
