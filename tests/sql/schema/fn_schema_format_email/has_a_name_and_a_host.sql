do $$
declare
  v_text text;
begin
  foreach v_text in array array['a@b', 'a.b+c@example.com', '"a b"@c.de', '"a@b\"c"@d', 'a@[127.0.0.1]', 'a@[IPv6:::1]'] loop
    assert dot.fn_schema_format_email(v_text), v_text;
  end loop;
  foreach v_text in array array['a', '@b', 'a@', '.a@b', 'a..b@c', 'a b@c', 'a@b_c', 'a@[1.2.3]', 'a@[IPv6:1]', 'a@[::1]', 'a@[]', repeat('a', 65) || '@b'] loop
    assert not dot.fn_schema_format_email(v_text), v_text;
  end loop;
end
$$;
