do $$
declare
  v_case record;
begin
  for v_case in
    -- null: not supported. A group that cannot have taken part has matched the empty text.
    select * from (values ('^(a)\1$', 'aa', true), ('^(a)\1$', 'a', false), ('^\1(a)$', 'a', true), ('^(a\1)$', 'a', true), ('^(?:(a)|b\1)$', 'b', true), ('^(?!(a))b\1$', 'b', true), ('^(a){0}\1b$', 'b', true),
      ('^(?:(a|b)\1)*$', 'aabb', null), ('^(a|b){3}\1$', 'abaa', null), ('^(?!(c))(b)\2\1$', 'bb', true), ('^(?:(c)){0}(b)\2\1$', 'bb', true), ('^(a)(?:b|c)\1$', 'aca', true), ('^(a)(?<n>b)\k<n>1$', 'abb1', true), ('^\k<n>(?<n>a)$', 'a', true),
      ('^(?=a)(b)?(a)\2$', 'aa', true), ('^(?<=(x))?a', 'a', null), ('^(a)?\1$', '', null), ('^(a|(b))\2$', 'b', null), ('^(a)+\1$', 'aa', null), ('^(?=(a))\1', 'a', null), ('^(a)(?=\1)', 'aa', null), ('^(?:(a)\1){300}$', 'a', null)) x(pattern, text, matches)
  loop
    begin
      assert dot.fn_schema_matches(v_case.text, v_case.pattern) is not distinct from v_case.matches, format('%s on %s', v_case.pattern, v_case.text);
    exception when sqlstate 'DT400' then
      assert v_case.matches is null and sqlerrm ~ 'not supported|repeats nothing', format('%s: %s', v_case.pattern, sqlerrm);
    end;
  end loop;
end
$$;
