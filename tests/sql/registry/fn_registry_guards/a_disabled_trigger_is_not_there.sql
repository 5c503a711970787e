do $$
begin
  perform test.equal((select array_agg(name || ' ' || is_there order by name) from dot.fn_registry_guards(test.registry('tags'))), '{"birth true","record true"}'::text[]);
  alter table dot.iu_metadata_tag_registry disable trigger birth;
  perform test.equal((select array_agg(name || ' ' || is_there order by name) from dot.fn_registry_guards(test.registry('tags'))), '{"birth false","record true"}'::text[]);
  alter table dot.iu_metadata_tag_registry enable trigger birth;
  perform test.equal((select bool_and(is_there) from dot.fn_registry_guards(test.registry('tags'))), false, 'one that replication skips is none either');
end
$$;
