do $$
begin
  assert dot.fn_registry_row(test.registry('settings'), 'a.b', '{"type": "int", "default": 3, "summary": "x"}')
    @> '{"config_key": "a.b", "value_type": "int", "default_value": 3, "value": 3, "owner": "command"}';
  perform test.equal(dot.fn_registry_row(test.registry('registries'), 'r', '{"folder": "roles", "phase": "program", "summary": "x"}'), null::jsonb, 'no row for the program alone');
  perform test.raises('DT400', $q$select dot.fn_registry_row(test.registry('settings'), 'a.b', '{"typ": "int"}')$q$, '%no field typ%');
end
$$;
