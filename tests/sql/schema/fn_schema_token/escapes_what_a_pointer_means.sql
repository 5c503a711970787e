do $$
begin
  perform test.equal(dot.fn_schema_token('a/b~c'), 'a~1b~0c');
end
$$;
