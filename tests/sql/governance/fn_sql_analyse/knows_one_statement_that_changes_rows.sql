-- Before PostgreSQL 15 everyone may create there, and then nothing of it is taken.
revoke create on schema public from public;
do $$
begin
  create table public.thing (id int primary key, name text);
  alter table public.thing owner to dot_owner;
  assert dot.fn_sql_analyse($q$update public.thing set name = 'x'$q$) @> '{"operation": "update"}', dot.fn_sql_analyse($q$update public.thing set name = 'x'$q$)::text;
  perform test.refused(dot.fn_sql_analyse('select 1'), 'no_row_change');
  perform test.refused(dot.fn_sql_analyse('drop table public.thing'), 'no_row_change');
  perform test.refused(dot.fn_sql_analyse('update public.thing set id = 1; delete from public.thing'), 'several_statements');
end
$$;
