do $$
begin
  assert dot.fn_registry_propose('tags', 't', '{"facet": "domain", "title": "T", "summary": "s"}', 'ann', 'x') ? 'proposal';
  perform test.raises('DT404', $q$select dot.fn_registry_propose('none', 't', '{}', 'ann', 'x')$q$);
end
$$;
