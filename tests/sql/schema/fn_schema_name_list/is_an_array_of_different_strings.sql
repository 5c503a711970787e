do $$
begin
  assert dot.fn_schema_name_list('[]') and dot.fn_schema_name_list('["a", "b"]');
  assert not dot.fn_schema_name_list('["a", "a"]') and not dot.fn_schema_name_list('["a", 1]') and not dot.fn_schema_name_list('"a"') and not dot.fn_schema_name_list('{}');
end
$$;
