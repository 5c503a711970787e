do $$
declare
  v_text text;
begin
  foreach v_text in array array['', '/', '/a~0b/~1', '/é'] loop
    assert dot.fn_schema_format_json_pointer(v_text), v_text;
  end loop;
  foreach v_text in array array['a', '#/a', '/~', '/~2'] loop
    assert not dot.fn_schema_format_json_pointer(v_text), v_text;
  end loop;
end
$$;
