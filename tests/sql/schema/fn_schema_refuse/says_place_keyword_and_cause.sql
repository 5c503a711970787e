do $$
begin
  perform test.raises('DT400', $q$select dot.fn_schema_refuse('schema:#/a', 'a', 'no', null)$q$);
end
$$;
