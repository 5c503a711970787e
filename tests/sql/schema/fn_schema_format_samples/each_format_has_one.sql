do $$
declare
  v_format text;
begin
  foreach v_format in array dot.fn_schema_formats_known() loop
    assert exists (select 1 from unnest(dot.fn_schema_format_samples()) s where dot.fn_schema_format_holds(v_format, s))
       and exists (select 1 from unnest(dot.fn_schema_format_samples()) s where not dot.fn_schema_format_holds(v_format, s)), v_format;
  end loop;
end
$$;
