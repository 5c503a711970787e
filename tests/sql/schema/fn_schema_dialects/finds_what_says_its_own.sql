do $$
begin
  assert (select array_agg(d.path) from dot.fn_schema_dialects('{"$schema": "a", "items": [{"$schema": "b"}], "dependencies": {"x": {"$schema": "c"}}, "const": {"$schema": "d"}}') d) = '{{dependencies,x},{items,0}}';
  assert not exists (select 1 from dot.fn_schema_dialects('{"$schema": "a"}'));
end
$$;
