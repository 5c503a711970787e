do $$
begin
  perform test.equal(dot.fn_schema_pointer(''), '{}'::text[]);
  perform test.equal(dot.fn_schema_pointer('/a~1b/c~0d/%25'), array['a/b', 'c~d', '%']);
  perform test.equal(dot.fn_schema_pointer('anchor'), null::text[]);
end
$$;
