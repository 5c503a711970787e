do $$
begin
  perform test.refused(dot.fn_registry_entry_validate('{"registry": "errors", "key": "DT1", "owner": "a", "purpose": "b", "entry": {}}'), 'registry_closed');
  perform test.raises('DT400', $q$select dot.fn_registry_entry_validate('{"registry": "tags", "key": "t", "owner": " ", "purpose": "b", "entry": {}}')$q$);
  perform test.raises('DT400', $q$select dot.fn_registry_entry_validate('{"registry": "tags", "key": "t", "owner": "a", "purpose": "b", "entry": {"none": 1}}')$q$, '%no column none%');
  perform test.raises('DT400', $q$select dot.fn_registry_entry_validate('{"registry": "tags", "key": "t", "owner": "a", "purpose": "b", "entry": {"status": "active"}}')$q$);
  perform test.raises('DT400', $q$select dot.fn_registry_entry_validate('{"registry": "schema-change-policies", "key": "t", "owner": "a", "purpose": "b", "entry": {"approval_id": "x"}}')$q$);
  perform dot.fn_registry_archive('tags', 'policy', 'old');
  perform test.refused(dot.fn_registry_entry_validate('{"registry": "tags", "key": "policy", "owner": "a", "purpose": "b", "entry": {"title": "T"}}'), 'entry_archived');
end
$$;
