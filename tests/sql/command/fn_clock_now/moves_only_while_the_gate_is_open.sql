do $$
begin
  perform set_config('dot.clock', '2030-01-01T00:00:00Z', true);
  assert dot.fn_clock_now() = now(), 'a closed gate keeps the real time';
  update dot.dot_config set value = 'true' where config_key = 'test.clock';
  assert dot.fn_clock_now() = '2030-01-01T00:00:00Z', 'an open gate moves it';
end
$$;
