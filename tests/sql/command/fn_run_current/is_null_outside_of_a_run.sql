do $$
begin
  perform test.equal(dot.fn_run_current(), null::uuid);
  perform set_config('dot.run_id', gen_random_uuid()::text, true);
  perform test.equal(dot.fn_run_current(), null::uuid, 'a claim is no run');
  perform dot.fn_gate_set('test.clock', 'open');
end
$$;
