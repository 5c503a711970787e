do $$
declare
  c_root constant jsonb := '{"$id": "http://h/s", "items": [{"additionalItems": {}, "items": [true]}], "dependencies": {"items": {"items": {}}}, "properties": {"items": {"items": {}}, "a/b%": {}}}';
  v_case record;
begin
  for v_case in
    select * from (values ('#', '#'), ('#name', '#name'), ('other#/items/0', 'other#/items/0'), ('#/items/0/additionalItems', '#/prefixItems/0/items'), ('http://h/s#/items/0', 'http://h/s#/prefixItems/0'),
      ('#/dependencies/items/items', '#/dependentSchemas/items/items'), ('#/properties/items/items', '#/properties/items/items'), ('#/properties/a~1b%25', '#/properties/a~1b%25'),
      ('#/x/items/0', '#/x/items/0')) c(ref, found)
  loop
    perform test.equal(dot.fn_schema_modern_ref(v_case.ref, c_root), v_case.found, v_case.ref);
  end loop;
end
$$;
