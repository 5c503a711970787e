do $$
begin
  create table public.thing (id int primary key, name text, more int);
  perform test.equal(dot.fn_registry_shape('public.thing', 'id', '{"id": "integer", "name": "text"}'), '[]'::jsonb);
  perform test.equal(dot.fn_registry_shape('public.thing', 'name', '{"id": "bigint", "none": "text"}'),
    '[{"column": "id", "expected": "bigint", "found": "integer"}, {"column": "name", "expected": "unique", "found": "not unique"}, {"column": "none", "expected": "text", "found": null}]'::jsonb);
  perform test.equal(dot.fn_registry_shape(null, 'id', '{}'), null::jsonb);
end
$$;
