do $$
begin
  assert (select bool_and(state in ('green', 'yellow', 'red')) and count(*) > 5 from dot.fn_health_checks());
end
$$;
