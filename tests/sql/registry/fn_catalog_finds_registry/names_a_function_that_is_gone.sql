do $$
begin
  assert not exists (select 1 from dot.fn_catalog_finds_registry('[]'));
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  update dot.registry_catalog set derive_function = 'fn_none' where registry_code = 'settings';
  perform test.equal((select array_agg(finding) from dot.fn_catalog_finds_registry('[]')), '{missing_function}'::text[]);
  alter table dot.dot_error drop column help;
  perform test.equal((select array_agg(finding order by finding) from dot.fn_catalog_finds_registry('[]')), '{missing_function,registry_shape}'::text[]);
end
$$;
