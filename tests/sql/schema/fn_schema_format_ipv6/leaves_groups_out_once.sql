do $$
declare
  v_text text;
begin
  foreach v_text in array array['::', '::1', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::ffff:192.168.0.1', '1:2:3:4:5:6:1.2.3.4'] loop
    assert dot.fn_schema_format_ipv6(v_text), v_text;
  end loop;
  foreach v_text in array array['', ':', ':::', '1:2:3:4:5:6:7', '1::2::3', '1:2:3:4:5:6:7:8::', '12345::', '::1%eth0', '::1.2.3.400', '1:2:3:4:5:6:7:1.2.3.4'] loop
    assert not dot.fn_schema_format_ipv6(v_text), v_text;
  end loop;
end
$$;
