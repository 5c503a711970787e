do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.equal(dot.fn_worker_state(v_worker), 'active');
  perform test.equal(dot.fn_worker_state(gen_random_uuid()), null::text);
end
$$;
