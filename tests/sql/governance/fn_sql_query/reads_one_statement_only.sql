do $$
begin
  perform test.raises('DT400', $q$select dot.fn_sql_query('select 1 as a; select 2')$q$);
  perform test.raises('DT400', $q$select dot.fn_sql_query('select 1 as a, 2 as a')$q$);
  perform test.raises('DT400', $q$select dot.fn_sql_query('no sql')$q$);
end
$$;
