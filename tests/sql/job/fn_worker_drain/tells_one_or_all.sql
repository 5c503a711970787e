do $$
declare
  v_one uuid := test.worker();
  v_two uuid := test.worker();
begin
  assert dot.fn_worker_drain(v_one) @> '{"draining": 1}';
  perform test.equal(dot.fn_worker_state(v_one) || ' ' || dot.fn_worker_state(v_two), 'draining active');
  assert dot.fn_worker_drain(p_every => true) @> '{"draining": 2}';
  perform test.raises('DT400', 'select dot.fn_worker_drain()');
  perform test.raises('DT400', format('select dot.fn_worker_drain(%L, true)', v_one));
  perform test.raises('DT404', format('select dot.fn_worker_drain(%L)', gen_random_uuid()));
end
$$;
