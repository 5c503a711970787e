do $$
declare
  v_text text;
begin
  foreach v_text in array array['2024-02-29T12:00:00Z', '1998-12-31t15:59:60.123-08:00'] loop
    assert dot.fn_schema_format_date_time(v_text), v_text;
  end loop;
  foreach v_text in array array['2024-02-29', '2024-02-29 12:00:00Z', '2023-02-29T12:00:00Z', '2024-02-29T24:00:00Z', ''] loop
    assert not dot.fn_schema_format_date_time(v_text), v_text;
  end loop;
end
$$;
