do $$
begin
  assert dot.fn_schema_regex_tree('^a$') is not null and dot.fn_schema_regex_tree('[^\d-]{2,3}|\u00e9') is not null;
  assert dot.fn_schema_regex_tree('a(?=b)') is null and dot.fn_schema_regex_tree('\bword') is null and dot.fn_schema_regex_tree('(a)\1') is null
    and dot.fn_schema_regex_tree('\p{L}') is null and dot.fn_schema_regex_tree('a{5000}') is null;
end
$$;
