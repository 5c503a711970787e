do $$
begin
  assert dot.fn_proposal_title('registry_entry', '{"registry": "tags", "key": "grants"}') <> '';
end
$$;
