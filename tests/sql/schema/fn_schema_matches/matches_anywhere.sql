do $$
begin
  assert dot.fn_schema_matches('xaby', 'ab') and not dot.fn_schema_matches('xaby', '^ab') and dot.fn_schema_matches('', '');
  assert dot.fn_schema_matches(e'a\nb', '^a[\s\S]b$'), 'over lines';
  perform test.raises('DT400', $q$select dot.fn_schema_matches('x', '(')$q$);
end
$$;
