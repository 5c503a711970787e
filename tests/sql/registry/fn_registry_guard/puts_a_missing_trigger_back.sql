do $$
begin
  perform test.equal(dot.fn_registry_guard(test.registry('tags')), false);
  drop trigger record on dot.iu_metadata_tag_registry;
  perform test.equal((select count(*) from dot.fn_audit_finds_registry_unguarded() where object = 'tags'), 1::bigint);
  perform test.equal(dot.fn_registry_guard(test.registry('tags')), true);
  assert not exists (select 1 from dot.fn_audit_finds_registry_unguarded());
end
$$;
