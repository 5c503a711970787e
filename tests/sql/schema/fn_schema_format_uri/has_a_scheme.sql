do $$
declare
  v_text text;
begin
  foreach v_text in array array['http://a', 'urn:x:y', 'mailto:a@b.c', 'http://[v1.x]/', 'a:'] loop
    assert dot.fn_schema_format_uri(v_text), v_text;
  end loop;
  foreach v_text in array array['//a', 'a', '', '1a:b', 'a_b:c', 'http://a b'] loop
    assert not dot.fn_schema_format_uri(v_text), v_text;
  end loop;
end
$$;
