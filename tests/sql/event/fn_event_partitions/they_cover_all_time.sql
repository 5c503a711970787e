do $$
begin
  assert (select bool_or(lower_bound = '-infinity') and bool_or(upper_bound = 'infinity') from dot.fn_event_partitions());
  assert not exists (select 1 from (select upper_bound, lead(lower_bound) over (order by lower_bound) as next from dot.fn_event_partitions()) p where next <> upper_bound), 'without a gap';
end
$$;
