do $$
begin
  assert dot.fn_registry_deprecate('tags', 'policy', 'old') @> '{"lifecycle": "deprecated", "former": "active", "changed": true}';
  assert dot.fn_registry_deprecate('tags', 'policy', 'old') @> '{"changed": false}';
  perform test.raises('DT400', $q$select dot.fn_registry_deprecate('tags', 'policy', ' ')$q$);
  perform test.raises('DT404', $q$select dot.fn_registry_deprecate('tags', 'none', 'x')$q$);
end
$$;
