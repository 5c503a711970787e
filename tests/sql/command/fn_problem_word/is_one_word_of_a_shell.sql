do $$
begin
  perform test.equal(dot.fn_problem_word('a.b-c/1'), 'a.b-c/1');
  perform test.equal(dot.fn_problem_word('a b'), $q$'a b'$q$);
  perform test.equal(dot.fn_problem_word($q$it's$q$), $q$'it'\''s'$q$);
  perform test.equal(dot.fn_problem_word(''), $q$''$q$);
end
$$;
