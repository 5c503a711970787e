do $$
begin
  assert dot.fn_sql_protected('dot.dot_command_run') and dot.fn_sql_protected('dot.approval_policy') and dot.fn_sql_protected('pg_class');
  create table public.thing (id int);
  perform test.equal(dot.fn_sql_protected('public.thing'), false);
end
$$;
