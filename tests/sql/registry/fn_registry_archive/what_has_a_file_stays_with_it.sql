do $$
begin
  perform test.refused(dot.fn_registry_archive('errors', 'DT404', 'x'), 'belongs_to_its_file');
  assert dot.fn_registry_archive('tags', 'policy', 'old') @> '{"lifecycle": "archived"}';
  perform test.equal((select status from dot.iu_metadata_tag_registry where tag_code = 'policy'), 'archived');
end
$$;
