do $$
begin
  assert dot.fn_registry_entry_now('tags', 'policy') @> '{"tag_code": "policy"}';
  perform test.equal(dot.fn_registry_entry_now('tags', 'none'), null::jsonb);
end
$$;
