do $$
begin
  assert exists (select 1 from dot.fn_schema_sample('^ab$') s where s = 'ab');
end
$$;
