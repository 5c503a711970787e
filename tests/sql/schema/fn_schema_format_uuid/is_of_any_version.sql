do $$
declare
  v_text text;
begin
  foreach v_text in array array['2eb8aa08-AA98-11ea-f4aa-73b441d16380'] loop
    assert dot.fn_schema_format_uuid(v_text), v_text;
  end loop;
  foreach v_text in array array['2eb8aa08aa9811eab4aa73b441d16380', '{2eb8aa08-aa98-11ea-b4aa-73b441d16380}', '2eb8aa08-aa98-11ea-b4ga-73b441d16380', ''] loop
    assert not dot.fn_schema_format_uuid(v_text), v_text;
  end loop;
end
$$;
