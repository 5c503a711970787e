do $$
begin
  perform test.equal(dot.fn_command_pair('gate set'), 'gate show');
  assert dot.fn_command_pair('migrate apply') is null and dot.fn_command_pair('catalog sync') is null and dot.fn_command_pair('no such') is null, 'none of these';
end
$$;
