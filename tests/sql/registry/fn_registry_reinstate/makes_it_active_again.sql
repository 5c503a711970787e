do $$
begin
  perform dot.fn_registry_archive('tags', 'policy', 'old');
  assert dot.fn_registry_reinstate('tags', 'policy', 'needed') @> '{"lifecycle": "active", "former": "archived"}';
  perform test.equal((select status from dot.iu_metadata_tag_registry where tag_code = 'policy'), 'active');
end
$$;
