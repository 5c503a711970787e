do $$
begin
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  perform dot.fn_schedule_create('b', '@daily', 'system.noop');
  perform dot.fn_schedule_drop('b');
  perform test.equal((select array_agg(schedule || ' ' || status) from dot.fn_schedule_list()), '{"a active"}'::text[]);
end
$$;
