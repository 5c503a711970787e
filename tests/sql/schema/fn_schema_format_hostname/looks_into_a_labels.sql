do $$
declare
  v_text text;
begin
  foreach v_text in array array['a', 'www.example.com', '1-2', 'xn--9n2bp8q.XN--9t4b11yi5a', repeat('a', 63) || '.b'] loop
    assert dot.fn_schema_format_hostname(v_text), v_text;
  end loop;
  foreach v_text in array array['', '.', 'a.', '.a', '-a', 'a-', 'a_b', 'xn--x', 'xn--07jt112bpxg', 'a.xn--', repeat('a', 64), repeat('a.', 127) || 'a'] loop
    assert not dot.fn_schema_format_hostname(v_text), v_text;
  end loop;
end
$$;
