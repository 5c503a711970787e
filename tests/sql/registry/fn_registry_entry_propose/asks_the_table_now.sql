do $$
begin
  perform test.raises('DT400', $q$select dot.fn_registry_entry_propose('{"registry": "tags", "key": "t", "owner": "a", "purpose": "b", "entry": {"title": null}}')$q$);
  perform dot.fn_registry_entry_propose('{"registry": "tags", "key": "t", "owner": "a", "purpose": "b", "entry": {"facet": "domain", "title": "T", "summary": "s"}}');
  assert not exists (select 1 from dot.iu_metadata_tag_registry where tag_code = 't'), 'and takes it back';
end
$$;
