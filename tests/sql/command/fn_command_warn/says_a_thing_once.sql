do $$
begin
  perform dot.fn_command_warn('mind the step');
  perform dot.fn_command_warn('mind the step');
  perform dot.fn_command_warn('and the door');
  perform test.equal(dot.fn_command_warned(), '{"warnings": ["mind the step", "and the door"]}'::jsonb);
end
$$;
