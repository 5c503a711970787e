do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.equal(dot.fn_worker_state(v_worker), 'active');
  update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled';
  perform test.equal(dot.fn_worker_state(v_worker), 'gate_closed');
  perform test.equal(dot.fn_worker_state(gen_random_uuid()), null::text);
end
$$;
