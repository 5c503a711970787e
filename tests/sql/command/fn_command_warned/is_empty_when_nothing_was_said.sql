do $$
begin
  perform test.equal(dot.fn_command_warned(), '{}'::jsonb);
end
$$;
