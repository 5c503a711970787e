do $$
declare
  v_case record;
  v_meet record;
begin
  for v_case in
    select * from (values
      ('{^[0-9]+$}'::text[], '{^\\d*$}'::text[], false), ('{^\\d*$}', '{^[0-9]+$}', true), ('{a}', '{^[a-z]*$}', true), ('{^a+$}', '{^[a-z]*$}', false),
      ('{^(ab)*$,^(aba)*$}', '{^$}', false), ('{b$,^a}', '{a.*b}', true), ('{b$,^a}', '{a[^x]*b,x}', false), ('{^.$}', '{^[^x]$,x}', false), ('{}', '{"",a}', false)) x(yes, no, found)
  loop
    v_meet := dot.fn_schema_regex_meet(v_case.yes, v_case.no, 0, 3);
    assert (v_meet.o_found <> '{}') = v_case.found and (v_case.found or v_meet.o_complete), format('%s without %s: %s', v_case.yes, v_case.no, v_meet);
    assert not exists (
      select 1 from unnest(v_meet.o_found) f
       where exists (select 1 from unnest(v_case.yes) p where not dot.fn_schema_matches(f, p)) or exists (select 1 from unnest(v_case.no) p where dot.fn_schema_matches(f, p))), v_meet::text;
  end loop;
  -- What has no automaton is left out, and so proves nothing by itself.
  v_meet := dot.fn_schema_regex_meet('{a(?=b)}', '{c}', 0, 1);
  assert v_meet.o_found <> '{}';
  v_meet := dot.fn_schema_regex_meet('{^a*$}', '{}', 3, 1);
  assert v_meet.o_found = '{aaa}', v_meet::text;
end
$$;
