do $$
begin
  assert dot.fn_registry_require('tags') @> '{"columns": {}, "relation": "dot.iu_metadata_tag_registry"}';
  perform test.refused(dot.fn_registry_require('workflows'), 'registry_not_verified');
  perform test.raises('DT404', $q$select dot.fn_registry_require('none')$q$);
end
$$;
