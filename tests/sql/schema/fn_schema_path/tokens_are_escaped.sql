do $$
begin
  perform test.equal(dot.fn_schema_path('{a/b,0,m~n}'), '/a~1b/0/m~0n');
  perform test.equal(dot.fn_schema_path('{}'), '');
end
$$;
