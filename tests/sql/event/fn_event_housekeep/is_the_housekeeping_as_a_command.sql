do $$
begin
  assert jsonb_typeof(dot.fn_event_housekeep()) = 'object';
  assert exists (select 1 from dot.dot_command_run where command_code = 'event housekeep' and state = 'succeeded');
end
$$;
