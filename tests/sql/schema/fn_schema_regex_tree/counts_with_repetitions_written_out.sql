do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values ('', 0), ('abc', 3), ('^a$', 3), ('(a|bc)', 3), ('a{2,5}', 5), ('a{3,}', 4), ('(ab?){10}', 20), ('(a{255}){255}', 65025), ('((a{10000}){10000}){10000}', 1000000000), ('x{0}', 1)) x(pattern, n)
  loop
    assert (dot.fn_schema_regex_tree(v_case.pattern) -> 'n')::int = v_case.n, format('%s: %s', v_case.pattern, dot.fn_schema_regex_tree(v_case.pattern));
  end loop;
  assert (select array_agg(k -> 'to' order by k -> 'offset') from jsonb_path_query(dot.fn_schema_regex_tree('\2(?<a>x)(?=(y))\k<a>(?:z)'), 'strict $.** ? (@.t == "k")') k) = '{2,1}', 'groups by number and by name';
end
$$;
