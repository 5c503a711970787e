do $$
begin
  assert dot.fn_login_itself();
  perform set_config('dot.session_token', 'x', true);
  assert not dot.fn_login_itself();
  perform set_config('dot.session_token', '', true), set_config('dot.for_job', '7', true);
  assert not dot.fn_login_itself();
end
$$;
