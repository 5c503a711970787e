do $$
declare
  v_text text;
begin
  foreach v_text in array array['', '#a', '?q', 'a/b', './a:b', '//h/p', 'http://[::1]:80/', 'a:b'] loop
    assert dot.fn_schema_format_uri_reference(v_text), v_text;
  end loop;
  foreach v_text in array array['a b', '1:b', '/%zz', '/[::1]', '//a@b@c', '//h:x/', '//[1::2::3]/', '/é', '\'] loop
    assert not dot.fn_schema_format_uri_reference(v_text), v_text;
  end loop;
end
$$;
