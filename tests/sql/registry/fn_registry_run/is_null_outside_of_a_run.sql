do $$
begin
  perform test.equal(dot.fn_registry_run(), null::uuid);
  perform set_config('dot.run_id', gen_random_uuid()::text, true);
  perform test.equal(dot.fn_registry_run(), null::uuid, 'a claim is no run');
  perform dot.fn_gate_set('test.clock', 'open');
end
$$;
