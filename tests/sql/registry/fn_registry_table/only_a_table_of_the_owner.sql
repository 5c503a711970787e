do $$
declare
  v_registry dot.registry_catalog := test.registry('tags');
begin
  perform test.equal(dot.fn_registry_table(v_registry), 'dot.iu_metadata_tag_registry'::regclass);
  v_registry.table_name := 'no_such_table';
  perform test.raises('DT409', format('select dot.fn_registry_table(%L)', v_registry));
  v_registry := test.registry('tags');
  v_registry.owned := v_registry.owned || 'none'::text;
  perform test.raises('DT409', format('select dot.fn_registry_table(%L)', v_registry), '%no column none%');
  alter table dot.iu_metadata_tag_registry owner to current_user;
  perform test.raises('DT409', format('select dot.fn_registry_table(%L)', test.registry('tags')), '%belongs to dot_owner%');
end
$$;
