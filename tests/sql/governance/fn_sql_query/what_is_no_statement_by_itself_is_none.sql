do $$
begin
  perform test.raises('DT400', $q$select dot.fn_sql_query('select 1 as a) x cross join (select 2 as b')$q$);
  perform test.raises('DT400', $q$select dot.fn_sql_query('select 1 as a) q, (select 2 as b')$q$);
end
$$;
