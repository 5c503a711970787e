do $$
declare
  v_text text;
begin
  foreach v_text in array array['0.0.0.0', '255.255.255.255', '127.0.0.1'] loop
    assert dot.fn_schema_format_ipv4(v_text), v_text;
  end loop;
  foreach v_text in array array['256.0.0.1', '1.2.3', '1.2.3.4.', '1.2.3.4.5', '01.2.3.4', '1.2.3.4/8', ''] loop
    assert not dot.fn_schema_format_ipv4(v_text), v_text;
  end loop;
end
$$;
