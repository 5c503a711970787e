do $$
declare
  v_text text;
begin
  foreach v_text in array array['P1D', 'P2W', 'PT1H2M', 'P1Y2M3DT4H5M6S'] loop
    assert dot.fn_schema_format_duration(v_text), v_text;
  end loop;
  foreach v_text in array array['P', 'PT', 'P1Y2D', 'PT1H2S', 'P1Y2W', 'PT0.5S', 'P1DT', '-P1D'] loop
    assert not dot.fn_schema_format_duration(v_text), v_text;
  end loop;
end
$$;
