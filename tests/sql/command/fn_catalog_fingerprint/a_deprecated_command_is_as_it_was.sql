do $$
declare
  v_was text := dot.fn_catalog_fingerprint();
begin
  perform dot.fn_registry_deprecate('commands', 'proposal reject', 'another is better');
  perform test.equal(dot.fn_catalog_fingerprint(), v_was);
  alter table dot.dot_command_catalog disable trigger user;
  update dot.dot_command_catalog set status = 'retired' where command_code = 'proposal reject';
  assert dot.fn_catalog_fingerprint() <> v_was, 'one that is gone is not';
end
$$;
