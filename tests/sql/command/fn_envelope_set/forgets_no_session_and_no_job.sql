do $$
begin
  perform set_config('dot.session_token', 'a', true), set_config('dot.for_job', '1', true), set_config('dot.for_token', '2', true), set_config('dot.reason', 'x', true);
  perform dot.fn_envelope_set('{"mode": "run"}');
  perform test.equal(array[current_setting('dot.session_token'), current_setting('dot.for_job'), current_setting('dot.for_token'), current_setting('dot.reason')], array['a', '1', '2', '']);
  perform dot.fn_envelope_set('{"session_token": "b"}');
  perform test.equal(current_setting('dot.session_token'), 'b');
end
$$;
