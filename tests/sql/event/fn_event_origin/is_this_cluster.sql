do $$
begin
  perform test.equal(dot.fn_event_origin(), (select system_identifier from pg_control_system()));
end
$$;
