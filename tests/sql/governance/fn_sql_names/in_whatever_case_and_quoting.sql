do $$
begin
  assert dot.fn_sql_names('select f(1)', 'f') and dot.fn_sql_names('select "f"(1)', 'F') and dot.fn_sql_names('select 1 operator(x.===) 2', '===')
    and dot.fn_sql_names('select * from "a ""b"', 'A "b') and dot.fn_sql_names('select a$b', 'a$b'), 'these';
  assert not dot.fn_sql_names('select 1 from x', 'f') and not dot.fn_sql_names('select f1', 'f') and not dot.fn_sql_names('select a$b', 'a'), 'not these';
end
$$;
