do $$
begin
  perform test.equal(dot.fn_registry_key('{a,b}', '{"b": 2, "a": "x", "c": 3}'), 'x 2');
end
$$;
