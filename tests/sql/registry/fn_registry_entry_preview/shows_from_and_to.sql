do $$
begin
  assert dot.fn_registry_entry_preview('{"registry": "tags", "key": "policy", "entry": {"title": "Policies"}}') @> '{"registry": "tags", "key": "policy", "to": {"title": "Policies"}}';
end
$$;
