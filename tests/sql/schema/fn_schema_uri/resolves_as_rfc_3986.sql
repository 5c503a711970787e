do $$
declare
  v_case record;
begin
  -- The examples of section 5.4.
  for v_case in
    select * from (values ('g:h', 'g:h'), ('g', 'http://a/b/c/g'), ('./g', 'http://a/b/c/g'), ('g/', 'http://a/b/c/g/'), ('/g', 'http://a/g'), ('//g', 'http://g'),
      ('?y', 'http://a/b/c/d;p?y'), ('g?y', 'http://a/b/c/g?y'), ('#s', 'http://a/b/c/d;p?q#s'), ('g#s', 'http://a/b/c/g#s'), (';x', 'http://a/b/c/;x'), ('', 'http://a/b/c/d;p?q'),
      ('.', 'http://a/b/c/'), ('./', 'http://a/b/c/'), ('..', 'http://a/b/'), ('../g', 'http://a/b/g'), ('../..', 'http://a/'), ('../../g', 'http://a/g'), ('../../../g', 'http://a/g'),
      ('/./g', 'http://a/g'), ('/../g', 'http://a/g'), ('g.', 'http://a/b/c/g.'), ('./g/.', 'http://a/b/c/g/'), ('g/../h', 'http://a/b/c/h'), ('g;x=1/../y', 'http://a/b/c/y')) x(ref, uri)
  loop
    assert dot.fn_schema_uri('http://a/b/c/d;p?q', v_case.ref) = v_case.uri, format('%s: %s', v_case.ref, dot.fn_schema_uri('http://a/b/c/d;p?q', v_case.ref));
  end loop;
end
$$;
