do $$
begin
  perform test.equal((select count(*) from dot.fn_schedule_next('@daily', 'UTC', 3)), 3::bigint);
  assert (select bool_and(at > now() and local like '% 00:00') from dot.fn_schedule_next('@daily', 'Asia/Ho_Chi_Minh', 3)), 'midnight there';
  perform test.equal((select count(*) from dot.fn_schedule_next('@daily', 'UTC', 0)), 1::bigint, 'one at least');
end
$$;
