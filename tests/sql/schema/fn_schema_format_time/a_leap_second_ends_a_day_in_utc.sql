do $$
declare
  v_text text;
begin
  foreach v_text in array array['12:00:00Z', '23:59:60z', '01:29:60+01:30', '15:59:60-08:00', '00:00:00.5-00:00'] loop
    assert dot.fn_schema_format_time(v_text), v_text;
  end loop;
  foreach v_text in array array['12:00:00', '23:59:60+01:00', '22:59:60Z', '24:00:00Z', '12:00:00+24:00', '12:00:00.Z'] loop
    assert not dot.fn_schema_format_time(v_text), v_text;
  end loop;
end
$$;
