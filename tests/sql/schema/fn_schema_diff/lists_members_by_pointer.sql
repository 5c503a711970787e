do $$
begin
  perform test.equal((select array_agg(pointer || ' ' || change order by pointer) from dot.fn_schema_diff('{"a": {"b": 1, "c": 2}}', '{"a": {"b": 2, "d": 2}}')),
    '{"/a/b changed","/a/c removed","/a/d added"}'::text[]);
  assert not exists (select 1 from dot.fn_schema_diff('{"a": 1}', '{ "a" : 1 }'));
  perform test.raises('DT400', $q$select * from dot.fn_schema_diff('{', '{}')$q$);
end
$$;
