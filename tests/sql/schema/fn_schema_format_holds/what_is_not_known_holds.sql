do $$
declare
  v_format text;
begin
  assert dot.fn_schema_format_holds('no-such', 'x') and dot.fn_schema_format_holds(null, 'x') and dot.fn_schema_format_holds('date', null);
  foreach v_format in array dot.fn_schema_formats_known() loop
    assert dot.fn_schema_format_holds(v_format, 'a b \ (') is not true, v_format;
    -- The dispatch is that of the compiler.
    assert to_regprocedure(format('dot.fn_schema_format_%s(text)', replace(v_format, '-', '_'))) is not null, v_format;
  end loop;
end
$$;
