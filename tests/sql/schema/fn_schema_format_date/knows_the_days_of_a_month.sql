do $$
declare
  v_text text;
begin
  foreach v_text in array array['2024-02-29', '0400-02-29', '2023-12-31'] loop
    assert dot.fn_schema_format_date(v_text), v_text;
  end loop;
  foreach v_text in array array['2023-02-29', '2100-02-29', '2023-04-31', '2023-1-01', '2023-01-01 ', '', E'2023-01-01\n', '২০২৩-01-01'] loop
    assert not dot.fn_schema_format_date(v_text), v_text;
  end loop;
end
$$;
