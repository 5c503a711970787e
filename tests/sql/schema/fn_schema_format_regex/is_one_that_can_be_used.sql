do $$
declare
  v_text text;
begin
  foreach v_text in array array['', '^a+$', '(?<n>a)\k<n>'] loop
    assert dot.fn_schema_format_regex(v_text), v_text;
  end loop;
  foreach v_text in array array['(', '[', '\a', 'a{2,1}', 'a{99999999999999999999}', '(?P<n>a)'] loop
    assert not dot.fn_schema_format_regex(v_text), v_text;
  end loop;
  -- Each emit may bring one: what is longer is not looked at.
  assert dot.fn_schema_format_regex(repeat('a', 4096)) and not dot.fn_schema_format_regex(repeat('a', 4097));
end
$$;
