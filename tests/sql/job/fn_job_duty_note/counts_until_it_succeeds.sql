do $$
declare
  v dot.job_duty;
begin
  perform dot.fn_job_duty_note('fired', 'a', '22012', 'x'), dot.fn_job_duty_note('fired', 'a', 'P0004', repeat('y', 5000)), dot.fn_job_duty_note('fired', 'b', '22012', 'x');
  select * into v from dot.job_duty where duty = 'fired' and item = 'a';
  assert v.failures = 2 and v.code = 'P0004' and length(v.message) = 1000 and v.failing_since < v.failed_at;
  perform dot.fn_job_duty_note('fired', 'a'), dot.fn_job_duty_note('fired', 'nothing');
  perform test.equal((select string_agg(item, ',') from dot.job_duty), 'b');
end
$$;
